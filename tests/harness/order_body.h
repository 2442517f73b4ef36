// The body of `POST /api/v1/orders`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bramble::harness {

// Payment methods as JSON.
std::string card(std::string_view token);
std::string sbp();

struct OrderLine {
  std::string sku_id;
  std::int64_t quantity = 1;
  std::optional<std::int64_t> expected_minor = std::nullopt;
};

// Without lines the order is of the whole cart. An empty `cart_version` is left out.
std::string order_body(const std::vector<OrderLine>& lines, const std::string& pickup_point,
                       const std::string& method, const std::string& cart_version = {});

}  // namespace bramble::harness
