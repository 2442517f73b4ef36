#include "tests/harness/buyer.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>

namespace bramble::harness {

std::string fresh_key() {
  static std::atomic<int> last{0};
  return "journey-" + std::to_string(::getpid()) + "-" + std::to_string(++last);
}

HttpClientRequest Buyer::request(std::string method, const std::string& path, std::string body) const {
  auto request =
      body.empty() ? get(*storefront_ + path) : with_json(method, *storefront_ + path, std::move(body));
  request.method = std::move(method);
  request.headers.add("Authorization", "Bearer " + token_);
  return request;
}

HttpClientRequest Buyer::ordering(const OrderSpec& spec) const {
  auto order = request("POST", "/api/v1/orders",
                       order_body({{spec.sku_id, spec.quantity, spec.expected_minor}}, pickup_point_,
                                  spec.method, spec.cart_version));
  if (!spec.key.empty()) order.headers.add("Idempotency-Key", spec.key);
  return order;
}

HttpClientRequest Buyer::ordering_cart(const std::string& method, std::string key,
                                       const std::string& version) const {
  auto order = request("POST", "/api/v1/orders", order_body({}, pickup_point_, method, version));
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
