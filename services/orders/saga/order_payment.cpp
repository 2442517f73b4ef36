#include "services/orders/saga/order_payment.h"

#include "base/error.h"

namespace bramble::orders {
namespace {

using Pay = payments::PaymentStatus;

bool is_open(const payments::Payment& payment) {
  return payment.status == Pay::processing || payment.status == Pay::requires_action;
}

bool is_secured(const inventory::HoldReply& hold) {
  return hold.state == inventory::HoldState::paying || hold.state == inventory::HoldState::claimed;
}

// Each unit of the order with the site that its hold names.
std::vector<PaidItem> paid_items(const std::vector<Item>& items,
                                 std::vector<inventory::Placement> placements) {
  std::vector<PaidItem> paid;
  for (const auto& item : items) {
    PaidItem unit{item.item_id, item.sku_id, item.site_id.value_or(SiteId())};
    for (auto& placement : placements) {
      if (placement.sku_id != item.sku_id || placement.quantity == 0) continue;
      unit.site_id = placement.site_id;
      --placement.quantity;
      break;
    }
    paid.push_back(std::move(unit));
  }
  return paid;
}

}  // namespace

Task<void> OrderPayment::advance(Call call, OrderRow order) {
  auto payment = co_await env_.peers.payments.get(call, {order.order_id});
  if (is_open(payment) && is_over(order) && !order.cancel_requested)
    payment = co_await env_.peers.payments.settle(call, {order.order_id});
  switch (payment.status) {
    case Pay::authorised: co_await advance_authorised(call, std::move(order)); break;
    case Pay::captured: co_await advance_captured(call, std::move(order)); break;
    case Pay::declined:
    case Pay::cancelled: co_await advance_failed(call, std::move(order)); break;
    case Pay::refunded: co_await closing_.close(call, std::move(order), OrderStatus::cancelled); break;
    case Pay::processing:
    case Pay::requires_action: co_await wait_for_bank(call, std::move(order)); break;
  }
}

Task<void> OrderPayment::wait_for_bank(Call call, OrderRow order) {
  if (order.cancel_requested) {
    co_await closing_.close(call, std::move(order), OrderStatus::cancelled);
  } else if (is_over(order)) {
    // Nobody knows what the buyer did, so the goods stay held. The bank's answer wakes the order.
    co_await secure_goods(call, order);
  }
}

// A failed payment does not end its order before its time.
Task<void> OrderPayment::advance_failed(Call call, OrderRow order) {
  if (order.cancel_requested) {
    co_await closing_.close(call, std::move(order), OrderStatus::cancelled);
  } else if (is_over(order)) {
    co_await closing_.close(call, std::move(order), OrderStatus::expired);
  }
}

// A lost race for the goods costs a void and not a refund.
Task<void> OrderPayment::advance_authorised(Call call, OrderRow order) {
  if (order.cancel_requested) {
    co_await closing_.close(call, std::move(order), OrderStatus::cancelled);
    co_return;
  }
  auto hold = co_await secure_goods(call, order);
  if (!is_secured(hold)) {
    co_await closing_.close(call, std::move(order), OrderStatus::expired);
    co_return;
  }
  auto payment = co_await env_.peers.payments.capture(call, {order.order_id});
  if (payment.status == Pay::captured) {
    co_await pay(call, std::move(order), std::move(hold.placements));
  } else if (payment.status == Pay::authorised) {
    throw Error(ErrorCode::unavailable, "not_yet", "the bank has not captured yet");
  } else {
    co_await advance_failed(call, std::move(order));
  }
}

// The money is already here (one-stage payment, or late money), so the goods decide: the order is paid if
// they are held or can be held again, otherwise the money goes back.
Task<void> OrderPayment::advance_captured(Call call, OrderRow order) {
  auto hold = co_await secure_goods(call, order);
  bool is_late = order.status == OrderStatus::expired;
  if (is_secured(hold) && is_late && !co_await accept_late_money(call, order.order_id)) {
    // If the order was paid with this money and cancelled since then, the event gives the goods back.
    auto now = co_await load_order(env_.database, call, order.order_id);
    if (now.version == order.version)
      co_await env_.peers.inventory.release(call, {order.order_id, order.version + 1});
  } else if (is_secured(hold)) {
    co_await pay(call, std::move(order), std::move(hold.placements));
  } else if (!is_late) {
    co_await closing_.close(call, std::move(order), OrderStatus::expired);
  } else {
    co_await env_.peers.payments.cancel(call, {order.order_id, "late", true});
  }
}

// A hold that is PAYING does not expire. If the hold has expired, the buyer paid in time and only we were
// late.
Task<inventory::HoldReply> OrderPayment::secure_goods(const Call& call, const OrderRow& seen) {
  auto hold = co_await env_.peers.inventory.begin_payment(call, {seen.order_id});
  if (hold.state == inventory::HoldState::released) hold = co_await hold_again(call, seen);
  co_return hold;
}

// Reserves released goods again. The number of the attempt is larger than that of any hold that the closing
// of the order releases.
Task<inventory::HoldReply> OrderPayment::hold_again(Call call, OrderRow seen) {
  auto items =
      co_await env_.database.read(call, seen.order_id.text(), [&](Tx& tx) { return store_.items(tx, seen); });
  inventory::ReserveRequest again{seen.order_id, seen.version + 1, {},
                                  seen.lat,      seen.lon,         env_.clock.now() + env_.settings.hold};
  for (const auto& item : items) again.lines.push_back({item.sku_id, 1});
  auto reserved = co_await env_.peers.inventory.reserve(call, std::move(again));
  if (reserved.outcome != inventory::ReserveOutcome::reserved) {
    co_return inventory::HoldReply{inventory::HoldState::released, {}};
  }
  auto hold = co_await env_.peers.inventory.begin_payment(call, {seen.order_id});
  // A cancel may have released the hold before this one: nobody else would release this one.
  auto now = co_await load_order(env_.database, call, seen.order_id);
  bool is_for_nobody = now.status == OrderStatus::cancelled || now.status == OrderStatus::refunded;
  if (!is_for_nobody || now.was_paid) co_return hold;
  co_return co_await env_.peers.inventory.release(call, {seen.order_id, seen.version + 1});
}

// False if the money is already going back.
Task<bool> OrderPayment::accept_late_money(Call call, OrderId order) {
  try {
    co_await env_.peers.payments.accept_late(call, {order});
  } catch (const Error& error) {
    if (error.code != ErrorCode::conflict) throw;
    co_return false;
  }
  co_return true;
}

// The status, the history and the event are one transaction. If the order was closed meanwhile, its closing
// gives the money back.
Task<void> OrderPayment::pay(Call call, OrderRow seen, std::vector<inventory::Placement> placements) {
  co_await env_.database.transact(call, seen.order_id.text(), [&](Tx& tx) {
    auto order = store_.if_unchanged(tx, seen);
    if (!order) return;
    order->was_paid = true;
    store_.move(tx, *order, OrderStatus::paid);
    OrderPaid event;
    event.order_id = order->order_id;
    event.user_id = order->user_id;
    event.items = paid_items(store_.items(tx, *order), placements);
    event.paid_at = tx.now();
    event.pickup_point_id = order->delivery.pickup_point_id;
    tx.publish(event);
    if (order->cancel_requested) tx.schedule(AdvanceOrder{order->order_id}, tx.now() + milliseconds(1));
  });
}

}  // namespace bramble::orders
