#include "tests/harness/order_body.h"

#include "tests/harness/people.h"

namespace bramble::harness {

std::string card(std::string_view token) { return R"({"type":"card","token":)" + json_string(token) + "}"; }

std::string sbp() { return R"({"type":"sbp"})"; }

std::string order_body(const std::vector<OrderLine>& lines, const std::string& pickup_point,
                       const std::string& method, const std::string& cart_version) {
  std::string items;
  for (const auto& line : lines) {
    items += std::string(items.empty() ? "" : ",") + "{\"sku_id\":" + json_string(line.sku_id) +
             ",\"quantity\":" + std::to_string(line.quantity);
    if (line.expected_minor) {
      items += R"(,"expected_price":{"amount_minor":)" + std::to_string(*line.expected_minor) +
               R"(,"currency":"RUB"})";
    }
    items += "}";
  }
  std::string body = "{";
  if (!lines.empty()) body += "\"items\":[" + items + "],";
  body += R"("delivery":{"type":"pickup","pickup_point_id":)" + json_string(pickup_point) + "}";
  body += ",\"payment_method\":" + method;
  if (!cart_version.empty()) body += ",\"cart_version\":" + json_string(cart_version);
  return body + "}";
}

}  // namespace bramble::harness
