#include "gateways/storefront/pages/buying_pages.h"

namespace bramble::storefront {

edge::Route BuyingPages::get(std::string_view name, std::string_view path, edge::Auth auth, Handler handler) {
  return site_.get(name, path, auth, [this, handler](Visit& visit) { return (this->*handler)(visit); });
}

edge::Route BuyingPages::post(std::string_view name, std::string_view path, edge::Auth auth,
                              Handler handler) {
  return site_.post(name, path, auth, [this, handler](Visit& visit) { return (this->*handler)(visit); });
}

std::vector<edge::Route> BuyingPages::routes() {
  using enum edge::Auth;
  return {
      get("page_sign_in", "/sign-in", optional, &BuyingPages::ask_phone),
      post("page_send_code", "/sign-in", optional, &BuyingPages::send_code),
      get("page_code", "/sign-in/code", optional, &BuyingPages::ask_code),
      post("page_enter", "/sign-in/code", optional, &BuyingPages::enter),
      post("page_sign_out", "/sign-out", nobody, &BuyingPages::leave),
      get("page_account", "/account", buyer, &BuyingPages::show_account),
      get("page_cart", "/cart", optional, &BuyingPages::show_cart),
      get("page_cart_items", "/cart/items", optional, &BuyingPages::to_cart),
      post("page_put_in_cart", "/cart/items", optional, &BuyingPages::put_in_cart),
      post("page_set_quantity", "/cart/items/{sku_id}", optional, &BuyingPages::set_quantity),
      post("page_fit_cart", "/cart/fit", optional, &BuyingPages::fit_cart),
      get("page_checkout", "/checkout", buyer, &BuyingPages::show_checkout),
      post("page_place_order", "/checkout", buyer, &BuyingPages::place_order),
      get("page_return", "/payment/return", buyer, &BuyingPages::returned),
      get("page_orders", "/orders", buyer, &BuyingPages::list_orders),
      get("page_order", "/orders/{order_id}", buyer, &BuyingPages::show_order),
      get("page_go_to_pay", "/orders/{order_id}/pay", buyer, &BuyingPages::go_to_pay),
      get("page_order_payments", "/orders/{order_id}/payments", buyer, &BuyingPages::show_order),
      post("page_pay_again", "/orders/{order_id}/payments", buyer, &BuyingPages::pay_again),
      get("page_ask_to_cancel", "/orders/{order_id}/cancel", buyer, &BuyingPages::ask_to_cancel),
      post("page_cancel", "/orders/{order_id}/cancel", buyer, &BuyingPages::cancel),
      post("page_order_again", "/orders/{order_id}/again", buyer, &BuyingPages::order_again),
  };
}

}  // namespace bramble::storefront
