#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "testing/scratch_folder.h"
#include "tests/harness/order_body.h"
#include "tests/harness/people.h"

namespace bramble::journeys {

using namespace harness;

namespace {

constexpr const char* goods =
    R"({"source":"s","id":"1","title":"Tea","brand":"B","category_path":["Tea"],"price_minor":100,"currency":"RUB"})"
    "\n";

// A bank and an SMS provider somewhere else, played by a sandbox of its own, and a shop that only knows their
// addresses and what they gave it.
class Production : public testing::Test {
 protected:
  Production()
      : world_({.data = folder_.path() + "/world", .arguments = {"--roles", "sandbox"}}),
        port_base_(free_port_base()) {
    std::ofstream(folder_.path() + "/goods.jsonl") << goods;
    auto imported = run_bramble({"import", "products", folder_.path() + "/goods.jsonl", "--data", data(),
                                 "--demo-places", "--stock", "3"});
    EXPECT_EQ(imported.code, 0) << imported.output;
  }

  std::string data() const { return folder_.path() + "/shop"; }

  std::vector<std::string> configured() const {
    auto secrets = folder_.path() + "/world/secrets/";
    auto shop = "http://127.0.0.1:" + std::to_string(port_base_);
    std::vector<std::string> words;
    for (const auto& setting :
         {"payments.bank_url=" + world_.sandbox(), "payments.bank_api_key_file=" + secrets + "bank_api_key",
          "payments.bank_webhook_secret_file=" + secrets + "bank_webhook_secret",
          "payments.webhook_url=" + shop + "/hooks/payments/sandbox", "storefront.public_url=" + shop,
          "ops.public_url=http://127.0.0.1:" + std::to_string(port_base_ + 2),
          "storefront.bank_origin=" + world_.sandbox(), "notifications.sms_url=" + world_.sandbox(),
          "notifications.sms_api_key_file=" + secrets + "bank_api_key"}) {
      words.insert(words.end(), {"--set", setting});
    }
    return words;
  }

  ScratchFolder folder_;
  Instance world_;
  int port_base_;
};

TEST_F(Production, IsRefusedUntilTheOutsideIsConfiguredAndSaysInOneLineWhatToSet) {
  auto refused = run_bramble(
      {"serve", "--log-level", "error", "--data", data(), "--port-base", std::to_string(port_base_)});
  EXPECT_EQ(refused.code, 1);
  EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1) << refused.errors;
  for (const char* wanted :
       {"payments.bank_url", "payments.bank_api_key_file", "payments.bank_webhook_secret_file",
        "payments.webhook_url", "storefront.public_url", "ops.public_url", "notifications.sms_url",
        "notifications.sms_api_key_file", "storefront.bank_origin"}) {
    EXPECT_NE(refused.errors.find(wanted), std::string::npos) << wanted << " in " << refused.errors;
  }
}

TEST_F(Production, DeliversEverythingWithoutASandbox) {
  Instance shop({.data = data(), .arguments = configured(), .port_base = port_base_, .sandbox = false});
  EXPECT_EQ(shop.sandbox(), "") << "nothing of practice runs";
  Wire wire(shop.storefront());
  EXPECT_EQ(wire.ask("GET", "/readyz").status, 200);
  EXPECT_EQ(wire.ask("GET", "/").body.find("sandbox-note"), std::string::npos);
  auto session = sign_in_buyer(shop.storefront(), world_.sandbox(), "+79005550301");
  auto sku = first_of(wire.ask("GET", "/api/v1/search?limit=1"), "sku_id");
  auto point = first_of(wire.ask("GET", "/api/v1/pickup-points?limit=1"), "pickup_point_id");
  auto ordered = wire.ask("POST", "/api/v1/orders", session.header() + "Idempotency-Key: one\r\n",
                          order_body({{sku}}, point, card("tok_ok")));
  require(ordered, 201, "an order");
  // Payment, claim and pick task are each brought about by an event: the task is made of OrderPaid.
  std::string seen;
  for (int looks = 0; looks < 1'000 && seen != "PAID"; ++looks) {
    seen = wire.ask("GET", "/api/v1/orders/" + ordered.text("order_id"), session.header()).text("status");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(seen, "PAID") << shop.log();
  EXPECT_EQ(shop.stop(), 0);
  auto checked = run_bramble({"check", "--data", data()});
  EXPECT_EQ(checked.code, 0) << checked.output;
}

TEST_F(Production, NothingOfTheSandboxIsNamedAmongTheRolesWithoutIt) {
  auto words = configured();
  words.insert(words.begin(),
               {"serve", "--data", data(), "--roles", "sandbox", "--port-base", std::to_string(port_base_)});
  auto refused = run_bramble(words);
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.errors.find("--sandbox"), std::string::npos) << refused.errors;
}

TEST_F(Production, NoDemoIsMadeAmongAccountsOfRealStaff) {
  auto added = run_bramble({"staff", "add", "owner", "--role", "admin", "--data", data()});
  ASSERT_EQ(added.code, 0) << added.errors;
  auto before = run_bramble({"staff", "list", "--data", data()});
  auto refused =
      run_bramble({"serve", "--demo", "small", "--data", data(), "--port-base", std::to_string(port_base_)});
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.errors.find("--demo wants a folder of its own"), std::string::npos) << refused.errors;
  EXPECT_EQ(run_bramble({"staff", "list", "--data", data()}).output, before.output);
}

TEST_F(Production, WhatItStoresIsItsOwnersAlone) {
  Instance shop({.data = data(), .arguments = configured(), .port_base = port_base_, .sandbox = false});
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data())) {
    struct stat state {};
    if (::lstat(entry.path().c_str(), &state) != 0) continue;  // a log that was just ended
    EXPECT_EQ(state.st_mode & 077U, 0u) << entry.path();
  }
}

TEST_F(Production, ADataFolderThatOthersMayReadIsRefused) {
  std::filesystem::permissions(data() + "/orders.db", std::filesystem::perms(0640));
  auto words = configured();
  words.insert(words.begin(), {"serve", "--data", data(), "--port-base", std::to_string(port_base_)});
  auto refused = run_bramble(words);
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.errors.find("chmod -R go-rwx " + data()), std::string::npos) << refused.errors;
  std::filesystem::permissions(data() + "/orders.db", std::filesystem::perms(0600));
  Instance shop({.data = data(), .arguments = configured(), .port_base = port_base_, .sandbox = false});
  EXPECT_EQ(Wire(shop.storefront()).ask("GET", "/readyz").status, 200);
}

}  // namespace
}  // namespace bramble::journeys
