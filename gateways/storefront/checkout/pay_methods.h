// The ways to pay that the checkout offers. The payment provider describes them; the pages only show them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bramble::pages {
struct PageRequest;
}

namespace bramble::storefront {

struct PayMethod {
  std::string name;   // in forms; "pay.<name>" and "pay.<name>.hint" are its messages
  std::string type;   // of payments.Method
  std::string token;  // of payments.Method
};

// The first is selected unless the buyer chooses another.
using PayMethods = std::vector<PayMethod>;

// What every provider offers: a card, for which the bank's own page asks, and SBP.
PayMethods usual_pay_methods();

// Null if there is none of that name.
const PayMethod* pay_method(const PayMethods& methods, std::string_view name);

// METHOD for each way to pay, with `wanted` selected; null: the first.
void show_methods(pages::PageRequest& request, const PayMethods& methods, const PayMethod* wanted);

}  // namespace bramble::storefront
