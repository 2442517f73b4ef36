#include "gateways/storefront/account/account_summary.h"

#include <algorithm>

#include "base/error.h"
#include "gateways/storefront/cart/cart_token.h"
#include "gateways/storefront/catalogue/goods_view.h"
#include "gateways/storefront/orders/buyer_status.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t looked_through = 10;  // unpaid orders are among the newest
constexpr std::size_t most_waiting = 3;

Task<InCart> in_cart_of(cart::CartApi& carts, const pages::PageRequest& request) {
  auto owner = request.is_signed_in() ? request.http.call.caller.id : cart_token_of(*request.http.request);
  InCart found;
  if (owner.empty()) co_return found;
  try {
    found.lines = (co_await carts.count(request.http.call, {owner})).lines;
  } catch (const Error&) {
    found.lines.clear();
  }
  co_return found;
}

Task<WaitingOrders> waiting_of(orders::OrdersApi& orders, const pages::PageRequest& request) {
  WaitingOrders waiting;
  if (!request.is_signed_in()) co_return waiting;
  const auto& call = request.http.call;
  try {
    auto newest = co_await orders.list(call, {UserId(call.caller.id), 1, looked_through});
    for (const auto& order : newest.items) {
      if (order.status != orders::OrderStatus::pending_payment || waiting.size() == most_waiting) continue;
      auto whole = co_await orders.get(call, {order.order_id});
      if (whole.status == orders::OrderStatus::pending_payment) waiting.push_back(std::move(whole));
    }
  } catch (const Error&) {
    waiting.clear();
  }
  co_return waiting;
}

}  // namespace

std::int64_t InCart::units() const {
  std::int64_t units = 0;
  for (const auto& line : lines) units += line.quantity;
  return units;
}

std::int64_t InCart::of(const SkuId& sku) const {
  auto line = std::find_if(lines.begin(), lines.end(), [&](const auto& own) { return own.sku_id == sku; });
  return line == lines.end() ? 0 : line->quantity;
}

// The lambdas are no coroutines, because they capture: each calls a coroutine that takes what it needs.
AccountSummary account_summary_of(cart::CartApi& carts, orders::OrdersApi& orders) {
  return {[&carts](const pages::PageRequest& request) { return in_cart_of(carts, request); },
          [&orders](const pages::PageRequest& request) { return waiting_of(orders, request); }};
}

void show_waiting(pages::PageRequest& request, const WaitingOrders& waiting) {
  for (const auto& order : waiting) {
    auto row = request.view.add("WAITING_ORDER");
    auto number = order_number(order.order_id);
    row.set("WAITING_TITLE", request.say("waiting.title", {{"number", std::string_view(number)},
                                                           {"total", request.locale.money(order.total)}}));
    row.set("WAITING_URL", order_path(order.order_id));
    set_next(row, request.locale, order);
    if (buyer_status_of(order) == BuyerStatus::to_repay && order.can_pay) row.show("WAITS_FOR_CHOICE");
    if (buyer_status_of(order) != BuyerStatus::to_confirm) continue;
    row.show("WAITS_FOR_BUYER");
    row.set("PAY_PATH", order_path(order.order_id) + "/pay");
    row.set("PAY_UNTIL", to_rfc3339(deadline_of(order)));
  }
}

const orders::OrderView* holder_of(const WaitingOrders& waiting, const SkuId& sku) {
  for (const auto& order : waiting) {
    for (const auto& line : order.items) {
      if (line.sku_id == sku) return &order;
    }
  }
  return nullptr;
}

void show_holder(pages::View view, const pages::Locale& locale, const orders::OrderView& order) {
  auto number = order_number(order.order_id);
  view.set_and_show("HELD_TEXT", locale.say("waiting.holds", {{"number", std::string_view(number)}}), "HELD");
  view.set("HELD_URL", order_path(order.order_id));
}

}  // namespace bramble::storefront
