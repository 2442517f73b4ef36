// The pages between the product and the parcel: signing in, the cart, the checkout, the way back from the
// bank, orders, the account. They call the same services as the API and own nothing.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/cart_keeper.h"
#include "gateways/storefront/pages/checkout_choice.h"
#include "gateways/storefront/pages/own_things.h"
#include "gateways/storefront/storefront_gateway.h"

namespace bramble::storefront {

struct BuyingSettings {
  std::string return_url;  // where the bank sends the buyer back to
  std::string inbox_url;   // a page that shows what was sent to a phone, for practice; empty: there is none
  bool sandboxed = false;  // its bank's test cards are offered
};

struct Choice;

// What is wrong with what was typed into one line of the cart.
struct LineProblem {
  std::string sku;
  std::string text;
  std::string typed;
};

// Whether something in it cannot be had as it was wanted.
bool is_short(const cart::CartView& cart);
// What the last merge had no room for.
void show_left_out(pages::Visit& visit, const cart::CartView& cart);

// METHOD for each way to pay, the wanted one chosen; null: the first.
void show_methods(pages::Visit& visit, const PayMethods& methods, const PayMethod* wanted);
// What the pages about one order show alike.
void set_order(pages::Visit& visit, const orders::OrderView& order);

class BuyingPages {
 public:
  // The site must outlive it.
  BuyingPages(const pages::Site& site, Services services, const Clock& clock, Random& random,
              BuyingSettings settings)
      : site_(site),
        services_(services),
        clock_(clock),
        random_(random),
        settings_(std::move(settings)),
        carts_(services.cart, random),
        own_(own_things_of(services.cart, services.orders)) {}

  // They live as long as this object.
  std::vector<edge::Route> routes();

 private:
  using Visit = pages::Visit;
  using Answer = pages::Answer;
  using Handler = Task<Answer> (BuyingPages::*)(Visit&);

  edge::Route get(std::string_view name, std::string_view path, edge::Auth auth, Handler handler);
  edge::Route post(std::string_view name, std::string_view path, edge::Auth auth, Handler handler);

  // sign_in_pages.cpp
  Task<Answer> ask_phone(Visit& visit);
  Task<Answer> send_code(Visit& visit);
  Task<Answer> ask_code(Visit& visit);
  Task<Answer> enter(Visit& visit);
  Task<Answer> leave(Visit& visit);
  Answer show_phone(Visit& visit, std::string_view problem, int status);
  Answer show_code(Visit& visit, std::string_view problem, int status);

  // cart_pages.cpp
  Task<Answer> show_cart(Visit& visit);
  Task<Answer> to_cart(Visit& visit);
  Task<Answer> put_in_cart(Visit& visit);
  Task<std::string> choice_for(Visit& visit, const SkuId& sku);
  Task<Answer> set_quantity(Visit& visit);
  Task<Answer> fit_cart(Visit& visit);
  Task<Answer> cart_page(Visit& visit, const cart::CartView& cart, std::string_view problem, int status,
                         const LineProblem& line_problem = {});
  Task<Answer> refused_quantity(Visit& visit, const std::string& owner, const SkuId& sku, std::string reason);
  Task<void> offer_undo(Visit& visit);

  // checkout_pages.cpp, placing_pages.cpp
  Task<Answer> show_checkout(Visit& visit);
  Task<Answer> place_order(Visit& visit);
  Task<Answer> offer(Visit& visit, Choice choice, int status);
  Task<void> remember_last_point(Visit& visit, Choice& choice);
  Task<std::vector<pickup::Point>> points_for(Visit& visit, const Choice& choice);
  Task<Answer> stale(Visit& visit, Choice choice, cart::CartView cart);
  Task<Answer> refused(Visit& visit, Choice choice, orders::CreateReply reply);
  Task<Answer> placed(Visit& visit, orders::CreateReply reply);

  // order_pages.cpp, return_pages.cpp
  Task<Answer> list_orders(Visit& visit);
  Task<Answer> show_order(Visit& visit);
  Task<Answer> go_to_pay(Visit& visit);
  Task<Answer> ask_to_cancel(Visit& visit);
  Task<Answer> cancel(Visit& visit);
  Task<Answer> order_again(Visit& visit);
  Task<Answer> returned(Visit& visit);
  Task<Answer> pay_again(Visit& visit);
  Task<orders::OrderView> ask_bank(Visit& visit, const OrderId& order);
  void offer_repaying(Visit& visit, const orders::OrderView& order);

  // account_pages.cpp
  Task<Answer> show_account(Visit& visit);

  const pages::Site& site_;
  Services services_;
  const Clock& clock_;
  Random& random_;
  BuyingSettings settings_;
  CartKeeper carts_;
  OwnThings own_;
};

}  // namespace bramble::storefront
