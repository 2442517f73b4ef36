// All pages of the storefront: one Site, and the parts of it that know their pages.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/account/account_pages.h"
#include "gateways/storefront/account/sign_in_pages.h"
#include "gateways/storefront/cart/cart_pages.h"
#include "gateways/storefront/catalogue/catalogue_pages.h"
#include "gateways/storefront/catalogue/product_pages.h"
#include "gateways/storefront/catalogue/search_engine_pages.h"
#include "gateways/storefront/checkout/checkout_pages.h"
#include "gateways/storefront/checkout/payment_pages.h"
#include "gateways/storefront/orders/order_pages.h"
#include "gateways/storefront/pages/info_pages.h"

namespace bramble::storefront {

struct PagesOptions {
  std::string return_url;  // the bank sends the buyer back to it
  std::string inbox_url;   // a page that shows the messages of a phone, for practice; empty: there is none
  PayMethods pay_methods = usual_pay_methods();
};

class StorefrontPages {
 public:
  // The references must outlive it.
  StorefrontPages(const Services& services, CatalogueRoutes& catalogue, const Clock& clock, Random& random,
                  edge::BrowserSession& session, pages::SiteOptions site, PagesOptions options,
                  const ShopDetails& shop);

  // The pages must outlive them.
  std::vector<edge::Route> routes();
  const pages::Site& site() const { return site_; }

 private:
  Task<pages::Answer> design(pages::PageRequest& request);

  PayMethods pay_methods_;
  pages::Site site_;
  ProductLists lists_;
  CartPageView cart_view_;
  CheckoutPageView checkout_view_;
  RepaymentForm repayment_;
  CataloguePages catalogue_;
  ProductPages products_;
  SearchEnginePages search_engines_;
  SignInPages sign_in_;
  AccountPages account_;
  CartPages cart_;
  CheckoutPages checkout_;
  PaymentPages payments_;
  OrderPages orders_;
  InfoPages info_;
};

}  // namespace bramble::storefront
