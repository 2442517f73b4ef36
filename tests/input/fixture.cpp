#include "tests/input/fixture.h"

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "tests/harness/order_body.h"

namespace bramble::input {
namespace {

using harness::first_of;
using harness::json_string;
using harness::Reply;
using harness::Wire;

constexpr const char* phone = "+79005550100";

// Good values for what needs no object behind it.
const std::map<std::string, std::string> plain_samples = {
    {"phone", "\"+79005550101\""},
    {"grant_type", "\"refresh_token\""},
    {"challenge_id", "\"chl_1\""},
    {"code", "\"123456\""},
    {"refresh_token", "\"none\""},
    {"login", "\"nobody\""},
    {"password", "\"no password\""},
    {"current_password", "\"no password\""},
    {"new_password", "\"three quiet otters\""},
    {"user_id", "\"usr_none\""},
    {"roles[0]", "\"support\""},
    {"name", "\"laptop\""},
    {"credential_id", "\"AAAA\""},
    {"client_data", "\"AAAA\""},
    {"authenticator_data", "\"AAAA\""},
    {"signature", "\"AAAA\""},
    {"language", "\"en\""},
    {"theme", "\"dark\""},
    {"quantity", "1"},
    {"type", "\"pick\""},
    {"delivery.type", "\"pickup\""},
    {"payment_method.type", "\"card\""},
    {"token", "\"tok_ok\""},
    {"amount_minor", "1"},
    {"currency", "\"RUB\""},
    {"scan_id", "\"scan-1\""},
    {"short_id", "\"short-1\""},
    {"reason", "\"not_found\""},
    {"receipt_id", "\"receipt-1\""},
    {"package_barcode", "\"PKG-1\""},
    {"bin", "\"A-1\""},
    {"barcode", "\"1\""},
    {"module", "\"orders\""},
    {"kind", "\"event\""},
    {"id", "\"1\""},
    {"method", "\"card\""},
    {"payment_id", "\"pay_1\""},
    {"bank_payment_id", "\"bpy_1\""},
    {"refund_id", "\"ref_1\""},
    {"return_url", "\"http://127.0.0.1:9/\""},
    {"webhook_url", "\"http://127.0.0.1:9/\""},
    {"session_expires_at", "\"2036-01-01T00:00:00.000Z\""},
    {"text", "\"hello\""},
    {"message_id", "\"m-1\""},
    {"provider", "\"sandbox\""},
    {"delay_ms", "0"},
    {"duplicate", "false"},
    {"reorder", "false"},
    {"drop_rate", "0"},
    {"error_rate", "0"},
    {"timeout_rate", "0"},
};

}  // namespace

InputFixture::InputFixture() : samples_(plain_samples) {
  harness::InstanceOptions options;
  options.data = folder_.path() + "/data";
  options.arguments = {"--demo", "small"};
  for (const char* setting : {"storefront.principal_per_s=1000000", "ops.principal_per_s=1000000"}) {
    options.arguments.insert(options.arguments.end(), {"--set", setting});
  }
  instance_ = std::make_unique<harness::Instance>(options);
  credentials_["storefront"] = harness::sign_in_buyer(*instance_, phone).header();
  credentials_["ops"] = harness::sign_in_staff(*instance_, instance_->login("admin")).header();
  credentials_["sandbox"] = harness::bearer(secret("bank_api_key"));
  buy();
}

std::string InputFixture::secret(const std::string& name) const {
  std::ifstream file(folder_.path() + "/data/secrets/" + name);
  std::string text;
  std::getline(file, text);
  if (text.empty()) throw std::runtime_error(name + " is not where it should be");
  return text;
}

const std::string& InputFixture::origin(const std::string& gateway) const {
  return gateway == "storefront" ? instance_->storefront()
         : gateway == "ops"      ? instance_->ops()
                                 : instance_->sandbox();
}

// A paid order with its task, and a line that stays in the cart.
void InputFixture::buy() {
  Wire shop(instance_->storefront());
  Wire ops(instance_->ops());
  const auto& buyer = credentials("storefront");
  auto found = shop.ask("GET", "/api/v1/search?in_stock=true&limit=1");
  auto sku = first_of(found, "sku_id");
  samples_["sku_id"] = json_string(sku);
  samples_["product_id"] = json_string(first_of(found, "product_id"));
  auto point = first_of(shop.ask("GET", "/api/v1/pickup-points?limit=1"), "pickup_point_id");
  samples_["pickup_point_id"] = json_string(point);
  samples_["site_id"] =
      json_string(first_of(ops.ask("GET", "/api/v1/warehouse/sites", credentials("ops")), "site_id"));
  auto ordered = shop.ask("POST", "/api/v1/orders", buyer + "Idempotency-Key: fixture\r\n",
                          harness::order_body({{sku, 2}}, point, harness::card("tok_ok")));
  harness::require(ordered, 201, "an order");
  auto order = ordered.text("order_id");
  samples_["order_id"] = json_string(order);
  harness::require(shop.ask("PUT", "/api/v1/cart/items/" + sku, buyer, "{\"quantity\":3}"), 200,
                   "a cart line");
  for (int looks = 0; looks < 500 && samples_["task_id"].empty(); ++looks) {
    auto tasks = ops.ask("GET", "/api/v1/warehouse/tasks?order_id=" + order, credentials("ops"));
    if (tasks.json().root()["items"].size() > 0)
      samples_["task_id"] = json_string(first_of(tasks, "task_id"));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  if (samples_["task_id"].empty()) throw std::runtime_error("the order was never to be packed");
}

std::string InputFixture::sample(const std::string& route, const std::string& field) const {
  if (auto found = samples_.find(route + " " + field); found != samples_.end()) return found->second;
  if (auto found = samples_.find(field); found != samples_.end()) return found->second;
  auto leaf = field.substr(field.find_last_of(".]") == std::string::npos ? 0 : field.find_last_of(".]") + 1);
  auto found = samples_.find(leaf);
  return found == samples_.end() ? std::string() : found->second;
}

std::string InputFixture::everything() const {
  const std::map<std::string, std::vector<std::string>> looks = {
      {"storefront", {"/api/v1/cart", "/api/v1/orders"}},
      {"ops",
       {"/api/v1/warehouse/tasks?status=open", "/api/v1/warehouse/tasks?status=done", "/api/v1/dead-letters",
        "/api/v1/warehouse/stock?sku_id=" + samples_.at("sku_id").substr(1, samples_.at("sku_id").size() - 2),
        "/api/v1/warehouse/stock?limit=1"}},
      {"sandbox", {"/faults", "/report", "/sms?phone=%2B79005550101"}}};
  std::string text;
  for (const auto& [gateway, paths] : looks) {
    Wire wire(origin(gateway));
    for (const auto& path : paths) {
      auto reply = wire.ask("GET", path, credentials(gateway));
      harness::require(reply, 200, path);
      text += path + " " + reply.body + "\n";
    }
  }
  return text;
}

InputFixture& fixture() {
  static InputFixture the_fixture;
  return the_fixture;
}

}  // namespace bramble::input
