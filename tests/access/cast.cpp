#include "tests/access/cast.h"

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "tests/harness/order_body.h"

namespace bramble::access {
using harness::Wire;

std::string name_of(Who who) {
  switch (who) {
    case Who::nobody: return "nobody";
    case Who::buyer_a: return "buyer A";
    case Who::buyer_b: return "buyer B";
    case Who::worker: return "a worker";
    case Who::other_worker: return "a worker of another site";
    case Who::support: return "support";
    case Who::admin: return "an admin";
    case Who::merchant: return "the merchant";
  }
  return "?";
}

Cast::Cast() {
  harness::InstanceOptions options;
  options.data = folder_.path() + "/data";
  options.arguments = {"--demo", "small", "--set", "warehouse.bind_workers_to_site=true"};
  instance_ = std::make_unique<harness::Instance>(options);
  find_goods();
  sessions_[Who::buyer_a] = harness::sign_in_buyer(*instance_, "+79005550201");
  sessions_[Who::buyer_b] = harness::sign_in_buyer(*instance_, "+79005550202");
  order_ = buy("first", "tok_ok");
  sign_in();
}

const std::string& Cast::origin(const std::string& gateway) const {
  return gateway == "storefront" ? instance_->storefront()
         : gateway == "ops"      ? instance_->ops()
                                 : instance_->sandbox();
}

std::string Cast::header(Who who) const { return who == Who::nobody ? "" : session(who).header(); }

void Cast::find_goods() {
  Wire shop(instance_->storefront());
  sku_ = first_of(shop.ask("GET", "/api/v1/search?in_stock=true&limit=1"), "sku_id");
  pickup_point_ = first_of(shop.ask("GET", "/api/v1/pickup-points?limit=1"), "pickup_point_id");
}

std::string Cast::buy(const std::string& key, const std::string& token) {
  Wire shop(instance_->storefront());
  auto reply = shop.ask("POST", "/api/v1/orders", header(Who::buyer_a) + "Idempotency-Key: " + key + "\r\n",
                        harness::order_body({{sku_}}, pickup_point_, harness::card(token)));
  harness::require(reply, 201, "an order of A");
  return reply.text("order_id");
}

// The workers are those of the site that packs A's order, and of one that does not.
void Cast::sign_in() {
  sessions_[Who::support] = harness::sign_in_staff(*instance_, instance_->login("support"));
  sessions_[Who::admin] = harness::sign_in_staff(*instance_, instance_->login("admin"));
  find_task();
  for (const auto& login : instance_->logins()) {
    if (login.role != "warehouse") continue;
    auto who = login.site == site_ ? Who::worker : Who::other_worker;
    if (!sessions_.contains(who)) sessions_[who] = harness::sign_in_staff(*instance_, login);
  }
  std::ifstream file(folder_.path() + "/data/secrets/bank_api_key");
  std::getline(file, sessions_[Who::merchant].access_token);
}

void Cast::find_task() {
  Wire ops(instance_->ops());
  for (int looks = 0; looks < 1'000; ++looks) {
    auto tasks = ops.ask("GET", "/api/v1/warehouse/tasks?order_id=" + order_, header(Who::admin));
    if (tasks.json().root()["items"].size() > 0) {
      task_ = first_of(tasks, "task_id");
      site_ = first_of(tasks, "site_id");
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  throw std::runtime_error("A's order was never to be packed");
}

Cast& cast() {
  static Cast the_cast;
  return the_cast;
}

}  // namespace bramble::access
