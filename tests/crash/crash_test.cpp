// kill -9 at random moments under load, again and again; then everything that was acknowledged is read back.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <list>
#include <thread>

#include "testing/scratch_folder.h"
#include "tests/crash/bank_audit.h"
#include "tests/crash/buyer.h"
#include "tests/crash/picker.h"

namespace bramble::crash {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr int buyers_at_once = 12;
constexpr std::size_t skus_on_sale = 40;
constexpr int cycles_between_audits = 20;
constexpr auto time_to_come_to_rest = 120s;

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

// One data folder on fixed ports, since the bank remembers where to call.
class Crash : public testing::Test {
 protected:
  void SetUp() override {
    options_.data = folder_.path() + "/data";
    options_.port_base = harness::free_port_base();
    options_.arguments = {"--demo", "small"};
    for (const char* setting :
         {"orders.hold_ms=4000", "orders.session_margin_ms=1000", "orders.most_unpaid_orders=1000",
          "orders.most_unpaid_units=100000", "payments.reconcile_after_ms=300", "auth.resend_after_s=0",
          "auth.access_s=86400", "storefront.principal_per_s=1000000", "ops.principal_per_s=1000000"}) {
      options_.arguments.insert(options_.arguments.end(), {"--set", setting});
    }
    seed_ = number_from("BRAMBLE_CRASH_SEED", 20261123);
    std::cout << "seed " << seed_ << std::endl;
    random_.seed(seed_);
    harness::Instance instance(options_);
    read_market(instance);
    for (int i = 0; i < buyers_at_once; ++i) {
      buyers_.emplace_back(instance, "+7900555" + std::to_string(1000 + i), random_(), market_, findings_);
    }
    picker_.emplace(instance, findings_);
    instance.kill();
  }

  void read_market(const harness::Instance& instance) {
    harness::Wire shop(instance.storefront());
    auto found = shop.ask("GET", "/api/v1/search?in_stock=true&limit=" + std::to_string(skus_on_sale)).json();
    for (auto item : found.root()["items"]) market_.skus.emplace_back(item["sku_id"].text());
    auto points = shop.ask("GET", "/api/v1/pickup-points?limit=5").json();
    for (auto point : points.root()["items"]) market_.points.emplace_back(point["pickup_point_id"].text());
    ASSERT_FALSE(market_.skus.empty());
    ASSERT_FALSE(market_.points.empty());
  }

  // Load, and then the end without a word at a moment that the seed decides.
  void run_cycle(int cycle) {
    // Some die while they start.
    if (random_() % 8 == 0) {
      auto options = options_;
      options.wait = false;
      harness::Instance instance(options);
      std::this_thread::sleep_for(std::chrono::milliseconds(random_() % 300));
    }
    harness::Instance instance(options_);
    findings_.dying = false;
    harness::Client client;
    std::atomic<bool> enough = false;
    std::vector<std::thread> threads;
    for (auto& buyer : buyers_) threads.emplace_back([&] { buyer.shop(instance, enough); });
    threads.emplace_back([&] {
      while (!enough && picker_->work(instance, enough) >= 0) std::this_thread::sleep_for(5ms);
    });
    if (cycle % cycles_between_audits == cycles_between_audits - 1) audit_stores("while it runs");
    std::this_thread::sleep_for(std::chrono::milliseconds(300 + random_() % 500));
    findings_.dying = true;
    instance.kill();
    enough = true;
    for (auto& thread : threads) thread.join();
  }

  void audit_stores(const std::string& when) {
    auto audit = harness::run_bramble({"check", "--data", options_.data});
    if (audit.code != 0) findings_.add("bramble check " + when + ": " + audit.output);
  }

  // Until every order has come to its end and the bank's report fit them.
  void come_to_rest(const harness::Instance& instance) {
    findings_.dying = false;
    harness::Client client;
    std::atomic<bool> enough = false;
    std::vector<std::string> wrong{"never looked"};
    auto give_up = Steady::now() + time_to_come_to_rest;
    while (!wrong.empty() && Steady::now() < give_up && findings_.all().empty()) {
      while (picker_->work(instance, enough) > 0) {
      }
      wrong.clear();
      for (auto& buyer : buyers_) {
        if (!buyer.settle(instance)) wrong.emplace_back("an order has not come to its end");
      }
      if (wrong.empty()) wrong = audit(harness::Bank(client, instance.sandbox()).report(), acknowledged());
      if (!wrong.empty()) std::this_thread::sleep_for(200ms);
    }
    for (auto& what : wrong) findings_.add(std::move(what));
  }

  std::vector<const OrderNote*> acknowledged() const {
    std::vector<const OrderNote*> orders;
    for (const auto& buyer : buyers_) {
      for (const auto& note : buyer.orders()) {
        if (note.outcome == RequestOutcome::created) orders.push_back(&note);
      }
    }
    return orders;
  }

  // What is there beyond what was acknowledged may only be what a crash cut off, and that is closed.
  void check_no_order_is_there_twice(const harness::Instance& instance) {
    std::set<std::string> known;
    for (const auto* note : acknowledged()) known.insert(note->order_id);
    for (auto& buyer : buyers_) {
      for (const auto& [id, status] : buyer.listed(instance)) {
        if (!known.contains(id) && status != "CANCELLED")
          findings_.add("nobody ordered " + id + ", it is " + status + " (I19)");
      }
    }
  }

  void tell(int cycles) {
    std::map<std::string, int> ends;
    int lines = 0;
    for (const auto* note : acknowledged()) ++ends[note->status()];
    for (const auto& buyer : buyers_) lines += buyer.lines_acknowledged();
    std::cout << cycles << " kills, " << lines << " cart lines, " << picker_->packed_tasks().size()
              << " parcels, " << picker_->short_picks().size() << " short picks, orders:";
    for (const auto& [status, count] : ends) std::cout << " " << count << " " << status;
    std::cout << std::endl;
  }

  ScratchFolder folder_;
  harness::InstanceOptions options_;
  std::uint64_t seed_ = 0;
  std::mt19937_64 random_;
  Market market_;
  Findings findings_;
  std::list<Buyer> buyers_;
  std::optional<Picker> picker_;
};

TEST_F(Crash, WhatWasAcknowledgedSurvivesKillsAndEveryOrderGoesOnToItsEnd_I12_I16_I18_I20_I21) {
  auto cycles = static_cast<int>(number_from("BRAMBLE_CRASH_CYCLES", 50));
  for (int cycle = 0; cycle < cycles; ++cycle) {
    run_cycle(cycle);
    ASSERT_TRUE(findings_.all().empty()) << "in cycle " << cycle << ": " << findings_.all().front() << "\n"
                                         << harness::log_of(options_.data);
  }
  harness::Instance instance(options_);
  come_to_rest(instance);
  check_no_order_is_there_twice(instance);
  picker_->look_back(instance);
  for (auto& buyer : buyers_) buyer.check_events(instance);
  EXPECT_EQ(instance.stop(), 0) << "it did not stop cleanly";
  audit_stores("of the stopped instance");
  tell(cycles);
  EXPECT_GT(acknowledged().size(), static_cast<std::size_t>(cycles))
      << "too little happened to prove anything";
  for (const auto& what : findings_.all()) ADD_FAILURE() << what;
}

}  // namespace
}  // namespace bramble::crash
