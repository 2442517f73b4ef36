// What a buyer has chosen at the checkout so far, as forms and addresses carry it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateways/pages/form.h"
#include "services/orders/orders.api.h"

namespace bramble::storefront {

// A way to pay that is offered.
struct PayMethod {
  std::string_view value;  // in the form
  std::string_view type;   // of payments.Method
  std::string_view token;
  std::string_view key;  // of its message: "pay.<key>", "pay.<key>.hint"
};

using PayMethods = std::vector<PayMethod>;
// A card, which the bank's own page asks for, and SBP; of the sandbox's bank, its test cards. The first is
// chosen unless the buyer says otherwise. They live as long as the program.
const PayMethods& pay_methods(bool sandboxed);
// Null: there is none such.
const PayMethod* pay_method(const PayMethods& methods, std::string_view value);

struct Choice {
  // Names the order that this form may make, so that it makes one however often it is sent.
  std::string key;
  std::string near;                               // words of an address
  std::optional<std::pair<double, double>> here;  // latitude, longitude
  bool all_points = false;
  std::optional<PickupPointId> point;
  const PayMethod* pay = nullptr;
  std::vector<orders::WantedItem> items;  // with the prices that were shown
  std::string cart_version;               // of the cart that was shown
  std::string point_problem;              // what is to be said about it
  std::vector<orders::PriceChange> price_changes;
  std::string notice;
};

bool is_order_key(std::string_view key);

// Reads what the checkout's form or address says; whatever cannot be is left out.
Choice choice_of(const pages::Form& form, const PayMethods& methods);

// A line of the order as a hidden field holds it: "sku_1 2 199900".
std::string line_text(const SkuId& sku, std::int64_t quantity, const Money& price);

// The same for the same order, wherever its form came from.
std::string digest_of(const Choice& choice);

}  // namespace bramble::storefront
