// The cart's pages: what is in the cart, and the forms that change it.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/cart/cart_keeper.h"
#include "gateways/storefront/cart/cart_page_view.h"
#include "gateways/storefront/services.h"

namespace bramble::storefront {

class CartPages {
 public:
  // `page` must outlive it.
  CartPages(const CartPageView& page, const Services& services, Random& random)
      : page_(page), catalog_(services.catalog), cart_(services.cart), carts_(services.cart, random) {}

  // This object must outlive them.
  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  using PageRequest = pages::PageRequest;
  using Answer = pages::Answer;

  Task<Answer> show_cart(PageRequest& request);
  Task<Answer> to_cart(PageRequest& request);
  Task<Answer> put_in_cart(PageRequest& request);
  Task<Answer> set_quantity(PageRequest& request);
  Task<Answer> fit_cart(PageRequest& request);
  Task<std::string> choice_for(PageRequest& request, const SkuId& sku);
  Task<Answer> refused_quantity(PageRequest& request, const std::string& owner, const SkuId& sku,
                                std::string reason);
  Task<void> offer_undo(PageRequest& request);

  const CartPageView& page_;
  catalog::CatalogApi& catalog_;
  cart::CartApi& cart_;
  CartKeeper carts_;
};

}  // namespace bramble::storefront
