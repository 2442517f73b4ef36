// How the cart is shown: on its own page, and by the checkout when the cart has changed meanwhile.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/account/account_summary.h"
#include "services/cart/cart.api.h"

namespace bramble::storefront {

// An input error in one line of the cart.
struct LineProblem {
  std::string sku;
  std::string text;
  std::string typed;
};

// Whether a line has more units than can be bought now.
bool is_short(const cart::CartView& cart);
// LEFT_OUT: the lines that did not fit into the cart at the last merge.
void show_left_out(pages::PageRequest& request, const cart::CartView& cart);

class CartPageView {
 public:
  explicit CartPageView(AccountSummary summary) : summary_(std::move(summary)) {}

  // Answers with the page. `problem` is about the whole cart, empty if there is none.
  Task<pages::Answer> show(pages::PageRequest& request, const cart::CartView& cart, std::string_view problem,
                           int status, const LineProblem& line_problem = {}) const;

 private:
  AccountSummary summary_;
};

}  // namespace bramble::storefront
