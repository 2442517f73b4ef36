#include "gateways/storefront/pages/own_things.h"

#include <algorithm>

#include "base/error.h"
#include "gateways/storefront/cart_token.h"
#include "gateways/storefront/pages/goods_words.h"
#include "gateways/storefront/pages/order_words.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t looked_through = 10;  // an order that waits is among the newest
constexpr std::size_t most_waiting = 3;

Task<InCart> in_cart_of(cart::CartApi& carts, const pages::Visit& visit) {
  auto owner = visit.is_signed_in() ? visit.http.call.caller.id : cart_token_of(*visit.http.request);
  InCart found;
  if (owner.empty()) co_return found;
  try {
    found.lines = (co_await carts.count(visit.http.call, {owner})).lines;
  } catch (const Error&) {
    found.lines.clear();
  }
  co_return found;
}

Task<WaitingOrders> waiting_of(orders::OrdersApi& orders, const pages::Visit& visit) {
  WaitingOrders waiting;
  if (!visit.is_signed_in()) co_return waiting;
  const auto& call = visit.http.call;
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

// No coroutines with captures: they call one that takes what it needs.
OwnThings own_things_of(cart::CartApi& carts, orders::OrdersApi& orders) {
  return {[&carts](const pages::Visit& visit) { return in_cart_of(carts, visit); },
          [&orders](const pages::Visit& visit) { return waiting_of(orders, visit); }};
}

void show_waiting(pages::Visit& visit, const WaitingOrders& waiting) {
  for (const auto& order : waiting) {
    auto row = visit.view.add("WAITING_ORDER");
    auto number = order_number(order.order_id);
    row.set("WAITING_TITLE", visit.say("waiting.title", {{"number", std::string_view(number)},
                                                         {"total", visit.locale.money(order.total)}}));
    row.set("WAITING_URL", order_path(order.order_id));
    set_next(row, visit.locale, order);
    if (standing_of(order) == Standing::to_repay && order.can_pay) row.show("WAITS_FOR_CHOICE");
    if (standing_of(order) != Standing::to_confirm) continue;
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
