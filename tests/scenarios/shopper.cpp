#include "tests/scenarios/shopper.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>

namespace bramble::scenarios {

std::string card(std::string_view token) {
  return R"({"type":"card","token":")" + std::string(token) + "\"}";
}

std::string sbp() { return R"({"type":"sbp"})"; }

std::string fresh_key() {
  static std::atomic<int> last{0};
  return "scenario-" + std::to_string(::getpid()) + "-" + std::to_string(++last);
}

HttpClientRequest Shopper::request(std::string method, const std::string& path, std::string body) const {
  auto request =
      body.empty() ? get(*storefront_ + path) : with_json(method, *storefront_ + path, std::move(body));
  request.method = std::move(method);
  request.headers.add("Authorization", "Bearer " + token_);
  return request;
}

HttpClientRequest Shopper::ordering(const Wish& wish) const {
  auto item = R"({"sku_id":")" + wish.sku_id + R"(","quantity":)" + std::to_string(wish.quantity);
  if (wish.expected_minor) {
    item += R"(,"expected_price":{"amount_minor":)" + std::to_string(*wish.expected_minor) +
            R"(,"currency":"RUB"})";
  }
  auto named = wish.cart_version.empty() ? "" : R"(,"cart_version":")" + wish.cart_version + "\"";
  auto order = request("POST", "/api/v1/orders",
                       R"({"items":[)" + item + R"(}],"delivery":{"type":"pickup","pickup_point_id":")" +
                           pickup_point_ + R"("},"payment_method":)" + wish.method + named + "}");
  if (!wish.key.empty()) order.headers.add("Idempotency-Key", wish.key);
  return order;
}

HttpClientRequest Shopper::ordering_cart(std::string_view method, std::string key,
                                         const std::string& version) const {
  auto named = version.empty() ? "" : R"(,"cart_version":")" + version + "\"";
  auto order = request("POST", "/api/v1/orders",
                       R"({"delivery":{"type":"pickup","pickup_point_id":")" + pickup_point_ +
                           R"("},"payment_method":)" + std::string(method) + named + "}");
  order.headers.add("Idempotency-Key", std::move(key));
  return order;
}

HttpClientRequest Shopper::cancelling(const std::string& order, std::string key) const {
  auto cancel = request("POST", "/api/v1/orders/" + order + "/cancel", "{}");
  cancel.headers.add("Idempotency-Key", std::move(key));
  return cancel;
}

HttpClientRequest Shopper::paying(const std::string& order, const std::string& method,
                                  std::string key) const {
  auto pay = request("POST", "/api/v1/orders/" + order + "/payments", "{\"payment_method\":" + method + "}");
  pay.headers.add("Idempotency-Key", std::move(key));
  return pay;
}

HttpClientRequest Shopper::checking_payment(const std::string& order) const {
  return request("POST", "/api/v1/orders/" + order + "/payment-check", "{}");
}

Answer Shopper::put_in_cart(const std::string& sku_id, int quantity) const {
  return send(
      request("PUT", "/api/v1/cart/items/" + sku_id, "{\"quantity\":" + std::to_string(quantity) + "}"));
}

Answer Shopper::wait_for(const std::string& order, std::vector<std::string> statuses,
                         Duration patience) const {
  Answer last;
  eventually(
      [&] {
        last = view(order);
        return std::find(statuses.begin(), statuses.end(), last.text("status")) != statuses.end();
      },
      patience);
  return last;
}

std::string redirect_of(const Answer& order) { return std::string(order["payment"]["redirect_url"].text()); }

std::string history_of(const Answer& order) {
  std::string words;
  for (auto change : order["history"])
    words += (words.empty() ? "" : " ") + std::string(change["status"].text());
  return words;
}

}  // namespace bramble::scenarios
