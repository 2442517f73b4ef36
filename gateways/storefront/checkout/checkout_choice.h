// What a buyer has chosen at the checkout so far, as forms and addresses carry it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateways/pages/form.h"
#include "gateways/storefront/checkout/pay_methods.h"
#include "services/orders/orders.api.h"

namespace bramble::storefront {

struct Choice {
  // Identifies the order that this form makes, so that it makes one however often it is sent.
  std::string key;
  std::string near;                               // words of an address
  std::optional<std::pair<double, double>> here;  // latitude, longitude
  bool all_points = false;
  std::optional<PickupPointId> point;
  const PayMethod* pay = nullptr;
  std::vector<orders::WantedItem> items;  // with the prices that were shown
  std::string cart_version;               // of the cart that was shown
  std::string point_problem;              // an error about the point, as text
  std::vector<orders::PriceChange> price_changes;
  std::string notice;
};

bool is_order_key(std::string_view key);

// Reads the checkout's form or address; invalid values are left out.
Choice choice_of(const pages::Form& form, const PayMethods& methods);

// A line of the order as a hidden field holds it: "sku_1 2 199900".
std::string line_text(const SkuId& sku, std::int64_t quantity, const Money& price);

// The same for the same order, wherever its form came from.
std::string digest_of(const Choice& choice);

}  // namespace bramble::storefront
