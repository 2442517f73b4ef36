#include "gateways/storefront/checkout/pay_methods.h"

#include "gateways/pages/site.h"

namespace bramble::storefront {

PayMethods usual_pay_methods() { return {{"card", "card", "bank_page"}, {"sbp", "sbp", ""}}; }

const PayMethod* pay_method(const PayMethods& methods, std::string_view name) {
  for (const auto& method : methods) {
    if (method.name == name) return &method;
  }
  return nullptr;
}

void show_methods(pages::PageRequest& request, const PayMethods& methods, const PayMethod* wanted) {
  const auto* chosen = wanted != nullptr ? wanted : &methods.front();
  for (const auto& method : methods) {
    auto row = request.view.add("METHOD");
    auto key = "pay." + method.name;
    row.set("METHOD_VALUE", method.name);
    row.set("METHOD_TITLE", request.say(key));
    row.set("METHOD_HINT", request.say(key + ".hint"));
    row.show(method.type == "sbp" ? "BY_SBP" : "BY_CARD");
    row.show_if(&method == chosen, "IS_CHOSEN");
  }
}

}  // namespace bramble::storefront
