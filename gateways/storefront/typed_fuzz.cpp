// Reads arbitrary typed text and addresses: searches, amounts, choices of a checkout. Invalid parts are
// ignored, and the rest is written as it was read.
#include "gateways/storefront/catalogue/search_terms.h"
#include "gateways/storefront/catalogue/typed_amount.h"
#include "gateways/storefront/checkout/checkout_choice.h"
#include "testing/require.h"

namespace {

using namespace bramble;
using namespace bramble::storefront;

void try_search(const pages::Form& form) {
  auto terms = SearchTerms::of(form);
  auto address = terms.address("");
  auto again = SearchTerms::of(pages::Form(address.empty() ? address : address.substr(1)));
  require(again.address("") == address);
  require(terms.page >= 1 && terms.page <= last_page);
  auto query = terms.to_query();
  require(query.price_min.value_or(0) <= query.price_max.value_or(INT64_MAX));
}

void try_amount(std::string_view typed) {
  auto amount = amount_of(typed);
  if (amount) require(*amount >= 0 && amount_of(amount_text(*amount)) == amount);
}

void try_choice(const pages::Form& form) {
  auto choice = choice_of(form, usual_pay_methods());
  require(choice.key.empty() || is_order_key(choice.key));
  require(choice.items.size() <= 100);
  pages::QueryText lines;
  for (const auto& item : choice.items)
    lines.add("line", line_text(item.sku_id, item.quantity, item.expected_price.value()));
  require(choice_of(pages::Form(lines.text()), usual_pay_methods()).items == choice.items);
  digest_of(choice);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try_amount(bytes);
  pages::Form form(bytes);
  try_search(form);
  try_choice(form);
  return 0;
}
