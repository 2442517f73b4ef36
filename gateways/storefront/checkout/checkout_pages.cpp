#include "gateways/storefront/checkout/checkout_pages.h"

#include <algorithm>

#include "base/error.h"
#include "gateways/storefront/catalogue/goods_view.h"
#include "gateways/storefront/checkout/cart_order.h"

namespace bramble::storefront {
namespace {

// A second click arrives while the first request still runs, which takes as long as the bank's answer.
constexpr int busy_looks = 40;
constexpr Duration busy_pause = milliseconds(250);

orders::CreateRequest request_of(const pages::PageRequest& request, const Choice& choice,
                                 const std::string& return_url) {
  orders::CreateRequest create;
  create.user_id = UserId(request.http.call.caller.id);
  create.idempotency_key = "page:" + choice.key;
  create.idempotency_digest = digest_of(choice);
  create.items = choice.items;
  create.delivery = {"pickup", *choice.point};
  create.payment_method = {choice.pay->type, choice.pay->token};
  create.return_url = return_url;
  if (!choice.cart_version.empty()) create.cart = orders::CartOrdered{{}, choice.cart_version, {}};
  return create;
}

// The outcome is unknown. Sending the same form again finds it out and orders nothing twice.
pages::Answer unsure(pages::PageRequest& request, const Choice& choice) {
  auto& view = request.view;
  view.set("TITLE", request.say("checkout.unsure_title"));
  view.show("NOT_INDEXED");
  view.set("KEY", choice.key);
  view.set("CART_VERSION", choice.cart_version);
  view.set("POINT", choice.point->text());
  view.set("PAY", choice.pay->name);
  for (const auto& item : choice.items) {
    view.add("LINE").set("LINE_FIELD", line_text(item.sku_id, item.quantity, *item.expected_price));
  }
  return pages::PageResult{"checkout-again.html", 503};
}

// The lines whose price in the cart differs from the price in the form.
std::vector<orders::PriceChange> price_changes(const Choice& choice, const cart::CartView& cart) {
  std::vector<orders::PriceChange> changes;
  for (const auto& item : choice.items) {
    for (const auto& line : cart.items) {
      bool differs = line.sku_id == item.sku_id && item.expected_price && line.price != *item.expected_price;
      if (differs) changes.push_back({line.sku_id, *item.expected_price, line.price});
    }
  }
  return changes;
}

bool has_all(const cart::CartView& cart, const Choice& choice) {
  return std::all_of(choice.items.begin(), choice.items.end(), [&](const orders::WantedItem& item) {
    return std::any_of(cart.items.begin(), cart.items.end(), [&](const cart::CartLine& line) {
      return line.sku_id == item.sku_id && line.quantity >= item.quantity;
    });
  });
}

}  // namespace

std::vector<edge::Route> CheckoutPages::routes(const pages::Site& site) {
  using enum edge::Auth;
  return {
      site.get("page_checkout", "/checkout", buyer, pages::handler(*this, &CheckoutPages::show_checkout)),
      site.post("page_place_order", "/checkout", buyer, pages::handler(*this, &CheckoutPages::place_order)),
  };
}

Task<pages::Answer> CheckoutPages::show_checkout(PageRequest& request) {
  auto choice = choice_of(request.query, methods_);
  co_await view_.remember_last_point(request, choice);
  co_return co_await view_.offer(request, std::move(choice), 200);
}

// The form shows a cart that has changed or is gone.
Task<pages::Answer> CheckoutPages::stale(PageRequest& request, Choice choice, cart::CartView cart) {
  if (cart.items.empty())
    co_return co_await cart_view_.show(request, cart, request.say("checkout.ordered_elsewhere"), 409);
  choice.notice = request.say("checkout.cart_changed");
  co_return co_await view_.offer(request, std::move(choice), 409);
}

Task<pages::Answer> CheckoutPages::place_order(PageRequest& request) {
  auto choice = choice_of(request.form, methods_);
  if (choice.key.empty() || choice.items.empty()) co_return pages::redirect("/checkout");
  if (!choice.point) choice.point_problem = request.say("checkout.point_missing");
  if (!choice.point || choice.pay == nullptr) co_return co_await view_.offer(request, std::move(choice), 422);
  auto create = request_of(request, choice, return_url_);
  auto cart = co_await cart_.get(request.http.call, {request.http.call.caller.id});
  claim_lines(create, cart);
  // Another tab may have ordered this cart. Without items the service answers only with an order that exists
  // already: of the same form, or of a cart that this order emptied.
  if (!has_all(cart, choice)) create.items.clear();
  if (create.items.empty() && !cart.items.empty()) create.cart.reset();
  std::optional<orders::CreateReply> reply;
  bool is_stale = false;
  bool is_over = false;
  for (int look = 0; look < busy_looks; ++look) {
    try {
      reply = co_await orders_.create(request.http.call, create);
    } catch (const Error& error) {
      is_stale = error.code == ErrorCode::invalid && create.items.empty();
      is_over = !error.fields.empty() && error.fields.front().code == "too_many";
      if (!is_stale && !is_over && error.code != ErrorCode::unavailable && error.code != ErrorCode::timeout)
        throw;
      reply.reset();
    }
    if (!reply || reply->outcome != orders::CreateOutcome::key_busy) break;
    co_await pause_us(busy_pause.us);
  }
  if (is_over) co_return co_await cart_view_.show(request, cart, request.say("cart.units_over"), 409);
  if (is_stale) co_return co_await stale(request, std::move(choice), cart);
  if (!reply || reply->outcome == orders::CreateOutcome::key_busy) co_return unsure(request, choice);
  if (reply->outcome == orders::CreateOutcome::created && reply->order)
    co_return co_await placed(request, *reply);
  co_return co_await refused(request, std::move(choice), *reply);
}

Task<pages::Answer> CheckoutPages::placed(PageRequest& request, orders::CreateReply reply) {
  auto& order = *reply.order;
  // Also on replay: the first request may have failed before this step.
  co_await cart_.remove_ordered(request.http.call, taken_by(order));
  // The stored answer is as old as the order, which may be paid by now.
  if (reply.replayed) order = co_await orders_.get(request.http.call, {order.order_id});
  bool is_open = order.status == orders::OrderStatus::pending_payment;
  if (is_open && order.payment.redirect_url) co_return pages::redirect(*order.payment.redirect_url);
  if (reply.replayed && !is_open) co_return pages::redirect(order_path(order.order_id));
  co_return pages::redirect(
      pages::QueryText().add("order_id", order.order_id.text()).after("/payment/return"));
}

Task<pages::Answer> CheckoutPages::refused(PageRequest& request, Choice choice, orders::CreateReply reply) {
  switch (reply.outcome) {
    case orders::CreateOutcome::price_changed:
      choice.price_changes = std::move(reply.price_changes);
      co_return co_await view_.offer(request, std::move(choice), 409);
    case orders::CreateOutcome::unknown_pickup_point:
      choice.point.reset();
      choice.point_problem = request.say("checkout.point_gone");
      co_return co_await view_.offer(request, std::move(choice), 422);
    case orders::CreateOutcome::key_reused:
      choice.notice = request.say("checkout.sent_before");
      co_return co_await view_.offer(request, std::move(choice), 409);
    case orders::CreateOutcome::cart_ordered:
      if (!reply.claimed_by) co_return pages::redirect("/orders");
      co_await empty_ordered_cart(request.http.call, orders_, cart_, *reply.claimed_by);
      co_return pages::redirect(order_path(*reply.claimed_by));
    case orders::CreateOutcome::cart_changed:
      choice.price_changes =
          price_changes(choice, co_await cart_.get(request.http.call, {request.http.call.caller.id}));
      if (choice.price_changes.empty()) choice.notice = request.say("checkout.cart_changed");
      co_return co_await view_.offer(request, std::move(choice), 409);
    case orders::CreateOutcome::too_many_unpaid:
      choice.notice = request.say("checkout.too_many_unpaid");
      co_return co_await view_.offer(request, std::move(choice), 409);
    case orders::CreateOutcome::out_of_stock:
    case orders::CreateOutcome::unknown_sku: break;
    case orders::CreateOutcome::key_busy:
    case orders::CreateOutcome::created:
      throw Error(ErrorCode::internal, "no_order", "an order was created and is not there");
  }
  auto cart = co_await cart_.get(request.http.call, {request.http.call.caller.id});
  // The shortage that was found just now is newer than the cart's numbers.
  for (const auto& shortage : reply.shortages) {
    for (auto& line : cart.items) {
      if (line.sku_id == shortage.sku_id) line.available = std::min(line.available, shortage.available);
    }
  }
  bool is_gone = reply.outcome == orders::CreateOutcome::unknown_sku;
  co_return co_await cart_view_.show(request, cart,
                                     request.say(is_gone ? "cart.gone_meanwhile" : "cart.sold_meanwhile"),
                                     409);
}

}  // namespace bramble::storefront
