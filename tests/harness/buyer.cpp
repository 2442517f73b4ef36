#include "tests/harness/buyer.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>

namespace bramble::harness {

std::string card(std::string_view token) {
  return R"({"type":"card","token":")" + std::string(token) + "\"}";
}

std::string sbp() { return R"({"type":"sbp"})"; }

std::string fresh_key() {
  static std::atomic<int> last{0};
  return "scenario-" + std::to_string(::getpid()) + "-" + std::to_string(++last);
}

HttpClientRequest Buyer::request(std::string method, const std::string& path, std::string body) const {
  auto request =
      body.empty() ? get(*storefront_ + path) : with_json(method, *storefront_ + path, std::move(body));
  request.method = std::move(method);
  request.headers.add("Authorization", "Bearer " + token_);
  return request;
}

HttpClientRequest Buyer::ordering(const OrderSpec& spec) const {
  auto item = R"({"sku_id":")" + spec.sku_id + R"(","quantity":)" + std::to_string(spec.quantity);
  if (spec.expected_minor) {
    item += R"(,"expected_price":{"amount_minor":)" + std::to_string(*spec.expected_minor) +
            R"(,"currency":"RUB"})";
  }
  auto named = spec.cart_version.empty() ? "" : R"(,"cart_version":")" + spec.cart_version + "\"";
  auto order = request("POST", "/api/v1/orders",
                       R"({"items":[)" + item + R"(}],"delivery":{"type":"pickup","pickup_point_id":")" +
                           pickup_point_ + R"("},"payment_method":)" + spec.method + named + "}");
  if (!spec.key.empty()) order.headers.add("Idempotency-Key", spec.key);
  return order;
}

HttpClientRequest Buyer::ordering_cart(std::string_view method, std::string key,
                                       const std::string& version) const {
  auto named = version.empty() ? "" : R"(,"cart_version":")" + version + "\"";
  auto order = request("POST", "/api/v1/orders",
                       R"({"delivery":{"type":"pickup","pickup_point_id":")" + pickup_point_ +
                           R"("},"payment_method":)" + std::string(method) + named + "}");
  order.headers.add("Idempotency-Key", std::move(key));
  return order;
}

HttpClientRequest Buyer::cancelling(const std::string& order, std::string key) const {
  auto cancel = request("POST", "/api/v1/orders/" + order + "/cancel", "{}");
  cancel.headers.add("Idempotency-Key", std::move(key));
  return cancel;
}

HttpClientRequest Buyer::paying(const std::string& order, const std::string& method, std::string key) const {
  auto pay = request("POST", "/api/v1/orders/" + order + "/payments", "{\"payment_method\":" + method + "}");
  pay.headers.add("Idempotency-Key", std::move(key));
  return pay;
}

HttpClientRequest Buyer::checking_payment(const std::string& order) const {
  return request("POST", "/api/v1/orders/" + order + "/payment-check", "{}");
}

Reply Buyer::put_in_cart(const std::string& sku_id, int quantity) const {
  return send(
      request("PUT", "/api/v1/cart/items/" + sku_id, "{\"quantity\":" + std::to_string(quantity) + "}"));
}

Reply Buyer::wait_for(const std::string& order, std::vector<std::string> statuses, Duration patience) const {
  Reply last;
  eventually(
      [&] {
        last = view(order);
        return std::find(statuses.begin(), statuses.end(), last.text("status")) != statuses.end();
      },
      patience);
  return last;
}

std::string redirect_of(const Reply& order) { return std::string(order["payment"]["redirect_url"].text()); }

std::string history_of(const Reply& order) {
  std::string words;
  for (auto change : order["history"])
    words += (words.empty() ? "" : " ") + std::string(change["status"].text());
  return words;
}

}  // namespace bramble::harness
