// Driving an order on: after news of its payment, its hold or its goods, after a wish to cancel, and after a
// crash. Every step looks where the order stands, does one thing that may be repeated, and saves that it is
// done.
#include "base/error.h"
#include "services/orders/orders_service.h"

namespace bramble::orders {
namespace {

// In PaymentDeclined.
constexpr std::string_view ended_by_bank = "ended_by_bank";

[[noreturn]] void not_yet(std::string_view what) {
  throw Error(ErrorCode::unavailable, "not_yet", std::string(what));
}

// For each unit of the order the site that its hold names.
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

Task<Purchase> OrdersService::load(Call call, OrderId order) {
  auto purchase = co_await database_.read(call, order.text(), [&](Tx& tx) { return store_.find(tx, order); });
  if (!purchase) throw Error(ErrorCode::not_found, "order_not_found", "there is no such order");
  co_return std::move(*purchase);
}

Task<void> OrdersService::advance(Call call, AdvanceOrder job) {
  auto found = co_await database_.read(call, job.order_id.text(),
                                       [&](Tx& tx) { return store_.find(tx, job.order_id); });
  if (!found) co_return;  // refused while it was being created
  auto purchase = std::move(*found);
  switch (purchase.status) {
    case OrderStatus::new_:
      if (co_await is_being_made(call, purchase)) not_yet("the order is being made");
      co_await abandon(call, purchase.order_id);
      break;
    case OrderStatus::pending_payment: co_await advance_unpaid(call, std::move(purchase)); break;
    case OrderStatus::paid:
    case OrderStatus::assembling: co_await advance_paid(call, std::move(purchase)); break;
    case OrderStatus::cancelled:
    case OrderStatus::expired: co_await advance_closed(call, std::move(purchase)); break;
    default:
      // Its money was back before it had been cleaned up.
      if (purchase.cleanup) {
        co_await clean_up(call, std::move(purchase));
      } else if (purchase.cancel_requested) {
        co_await answer_late_wish(call, std::move(purchase));
      }
      break;
  }
}

// Authorised → the goods are ours for sure → take the money. A lost race costs a void, not a refund.
Task<void> OrdersService::advance_authorised(Call call, Purchase purchase) {
  if (purchase.cancel_requested) {
    co_await close(call, std::move(purchase), OrderStatus::cancelled);
    co_return;
  }
  auto hold = co_await peers_.inventory.begin_payment(call, {purchase.order_id});
  // The buyer has paid in time, and only we were late.
  if (hold.state == inventory::HoldState::released) hold = co_await hold_again(call, purchase);
  if (hold.state != inventory::HoldState::paying && hold.state != inventory::HoldState::claimed) {
    co_await close(call, std::move(purchase), OrderStatus::expired);
    co_return;
  }
  auto payment = co_await peers_.payments.capture(call, {purchase.order_id});
  if (payment.status == payments::PaymentStatus::captured) {
    co_await pay(call, std::move(purchase), std::move(hold.placements));
  } else if (payment.status == payments::PaymentStatus::authorised) {
    not_yet("the bank has not captured yet");
  } else {
    co_await payment_failed(call, std::move(purchase));
  }
}

// The money is here already (one-stage, or late): the goods decide. Held still, or to be had again: paid.
// Else it goes back.
Task<void> OrdersService::advance_captured(Call call, Purchase purchase, payments::Payment payment) {
  auto hold = co_await peers_.inventory.begin_payment(call, {purchase.order_id});
  if (hold.state == inventory::HoldState::released) hold = co_await hold_again(call, purchase);
  bool is_ours = hold.state == inventory::HoldState::paying || hold.state == inventory::HoldState::claimed;
  bool is_late = purchase.status == OrderStatus::expired;
  if (is_ours && is_late && !co_await take_late_money(call, purchase.order_id)) {
    // Unless the order was paid with it, and cancelled since then: such goods come back by the event.
    auto now = co_await load(call, purchase.order_id);
    if (now.version == purchase.version)
      co_await peers_.inventory.release(call, {purchase.order_id, purchase.version + 1});
  } else if (is_ours) {
    co_await pay(call, std::move(purchase), std::move(hold.placements));
  } else if (!is_late) {
    co_await close(call, std::move(purchase), OrderStatus::expired);
  } else {
    co_await peers_.payments.cancel(call, {purchase.order_id, "late", true});
  }
}

// Goods that were let go are asked for again. The number of the attempt is larger than that of any hold that
// the closing of the order lets go.
Task<inventory::HoldReply> OrdersService::hold_again(Call call, Purchase seen) {
  auto items =
      co_await database_.read(call, seen.order_id.text(), [&](Tx& tx) { return store_.items(tx, seen); });
  inventory::ReserveRequest again{seen.order_id, seen.version + 1, {},
                                  seen.lat,      seen.lon,         clock_.now() + settings_.hold};
  for (const auto& item : items) again.lines.push_back({item.sku_id, 1});
  auto reserved = co_await peers_.inventory.reserve(call, std::move(again));
  if (reserved.outcome != inventory::ReserveOutcome::reserved) {
    co_return inventory::HoldReply{inventory::HoldState::released, {}};
  }
  auto hold = co_await peers_.inventory.begin_payment(call, {seen.order_id});
  // A cancel may have let go what there was before this was held: nobody else would let this go.
  auto now = co_await load(call, seen.order_id);
  bool for_nobody = now.status == OrderStatus::cancelled || now.status == OrderStatus::refunded;
  if (!for_nobody || now.was_paid) co_return hold;
  co_return co_await peers_.inventory.release(call, {seen.order_id, seen.version + 1});
}

// False if the money is going back already.
Task<bool> OrdersService::take_late_money(Call call, OrderId order) {
  try {
    co_await peers_.payments.accept_late(call, {order});
  } catch (const Error& error) {
    if (error.code != ErrorCode::conflict) throw;
    co_return false;
  }
  co_return true;
}

std::optional<Purchase> OrdersService::if_still(Tx& tx, const Purchase& seen) {
  auto now = store_.find(tx, seen.order_id);
  if (now && now->version == seen.version) return now;
  if (now) tx.schedule(AdvanceOrder{seen.order_id}, tx.now() + milliseconds(1));
  return std::nullopt;
}

// The order is paid. Its goods, its history and the news of it are one transaction. If it was closed
// meanwhile, the closed order's own way gives the money back.
Task<void> OrdersService::pay(Call call, Purchase seen, std::vector<inventory::Placement> placements) {
  co_await database_.transact(call, seen.order_id.text(), [&](Tx& tx) {
    auto purchase = if_still(tx, seen);
    if (!purchase) return;
    purchase->was_paid = true;
    store_.move(tx, *purchase, OrderStatus::paid);
    auto items = paid_items(store_.items(tx, *purchase), placements);
    tx.publish(OrderPaid{purchase->order_id, purchase->user_id, std::move(items), tx.now(),
                         purchase->pickup_point_id});
    if (purchase->cancel_requested) tx.schedule(AdvanceOrder{purchase->order_id}, tx.now() + milliseconds(1));
  });
}

// A wish to cancel what is paid already: only the warehouse knows whether it is packed. What it answers stays
// true, so the order may have moved on meanwhile.
Task<void> OrdersService::advance_paid(Call call, Purchase purchase) {
  if (!purchase.cancel_requested) co_return;
  auto answer = co_await peers_.warehouse.cancel_pick(call, {purchase.order_id});
  if (answer.outcome == warehouse::CancelPickOutcome::undecided) not_yet("a short pick is being decided");
  co_await database_.transact(call, purchase.order_id.text(), [&](Tx& tx) {
    auto now = store_.find(tx, purchase.order_id);
    if (!now || !now->cancel_requested) return;
    bool accepted = answer.outcome == warehouse::CancelPickOutcome::accepted;
    if (accepted && may_become(now->status, OrderStatus::cancelled)) {
      close_in(tx, *now, OrderStatus::cancelled);
    } else {
      refuse_cancel(tx, *now);
    }
  });
}

// The order has gone on, and its wish is still open.
Task<void> OrdersService::answer_late_wish(Call call, Purchase seen) {
  co_await database_.transact(call, seen.order_id.text(), [&](Tx& tx) {
    auto now = store_.find(tx, seen.order_id);
    if (now && now->cancel_requested && !is_cancellable(now->status)) refuse_cancel(tx, *now);
  });
}

// Every wish that was accepted ends in an answer: this one came too late.
void OrdersService::refuse_cancel(Tx& tx, Purchase& purchase) {
  purchase.cancel_requested = false;
  purchase.cancel_refused = true;
  store_.save_flags(tx, purchase);
  tx.publish(
      OrderCancelRefused{purchase.order_id, purchase.user_id, purchase.status, tx.now(), purchase.language});
}

// What a closed order still holds is let go: its goods, and its money if any came.
Task<void> OrdersService::advance_closed(Call call, Purchase purchase) {
  if (purchase.cleanup) {
    co_await clean_up(call, std::move(purchase));
    co_return;
  }
  std::optional<payments::Payment> payment;
  try {
    payment = co_await peers_.payments.get(call, {purchase.order_id});
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
  }
  if (!payment) co_return;
  bool captured = payment->status == payments::PaymentStatus::captured;
  // A payment that began only after its order was closed is as good as late money.
  bool open = payment->status == payments::PaymentStatus::processing ||
              payment->status == payments::PaymentStatus::requires_action ||
              payment->status == payments::PaymentStatus::authorised;
  if (captured && purchase.status == OrderStatus::expired && !purchase.was_paid) {
    co_await advance_captured(call, std::move(purchase), std::move(*payment));
  } else if (captured || open) {
    co_await peers_.payments.cancel(call, {purchase.order_id, "closed", !purchase.was_paid});
  }
}

// May still be under way when late money has found goods again: so it lets go only what there was when the
// order was closed.
Task<void> OrdersService::clean_up(Call call, Purchase seen) {
  if (!seen.was_paid) co_await peers_.inventory.release(call, {seen.order_id, seen.version});
  co_await peers_.payments.cancel(call, {seen.order_id, std::string(to_string(seen.status)), !seen.was_paid});
  co_await database_.transact(call, seen.order_id.text(), [&](Tx& tx) {
    auto now = if_still(tx, seen);
    if (!now) return;
    now->cleanup = false;
    store_.save_flags(tx, *now);
  });
}

Task<void> OrdersService::close(Call call, Purchase seen, OrderStatus status) {
  co_await database_.transact(call, seen.order_id.text(), [&](Tx& tx) {
    if (auto purchase = if_still(tx, seen)) close_in(tx, *purchase, status);
  });
}

void OrdersService::close_in(Tx& tx, Purchase& purchase, OrderStatus status) {
  purchase.cleanup = true;
  purchase.cancel_requested = false;
  store_.move(tx, purchase, status);
  if (purchase.was_paid) tx.publish(PaidOrderCancelled{purchase.order_id});
  tx.schedule(AdvanceOrder{purchase.order_id}, tx.now());
}

// The promise behind advance_authorised_now: should that be cut off, the job does the same a moment later.
void OrdersService::on_payment_authorised(Tx& tx, const payments::PaymentAuthorised& event) {
  auto purchase = store_.find(tx, event.order_id);
  if (purchase && purchase->was_paid) return;
  tx.schedule(AdvanceOrder{event.order_id}, tx.now() + settings_.second_look);
}

Task<void> OrdersService::advance_authorised_now(Call call, OrderId order) {
  auto known = awaiting_.take(order);
  auto purchase = known ? std::move(*known) : co_await load(call, order);
  if (purchase.status == OrderStatus::pending_payment) co_await advance_authorised(call, std::move(purchase));
}

void OrdersService::on_payment_captured(Tx& tx, const payments::PaymentCaptured& event) {
  auto purchase = store_.find(tx, event.order_id);
  if (purchase && purchase->status <= OrderStatus::pending_payment) {
    tx.schedule(AdvanceOrder{event.order_id}, tx.now());
  } else if (purchase && is_closed(purchase->status)) {
    tx.schedule(AdvanceOrder{event.order_id}, tx.now());
  }
}

void OrdersService::on_payment_declined(Tx& tx, const payments::PaymentDeclined& event) {
  auto purchase = store_.find(tx, event.order_id);
  if (!purchase || purchase->status != OrderStatus::pending_payment) return;
  if (purchase->cancel_requested || tx.now() >= purchase->expires_at) {
    tx.schedule(AdvanceOrder{event.order_id}, tx.now());
  } else if (event.reason != ended_by_bank) {
    // While there is time left, the buyer may pay in another way, and is told so. A bank's page that was
    // closed for that is no news.
    tx.publish(OrderPaymentDeclined{event.order_id, purchase->user_id, tx.now(), purchase->language});
  }
}

void OrdersService::on_hold_expired(Tx& tx, const inventory::HoldExpired& event) {
  auto purchase = store_.find(tx, event.order_id);
  // What the buyer did at the bank counts more: that is looked at first.
  if (purchase && purchase->status == OrderStatus::pending_payment)
    tx.schedule(AdvanceOrder{event.order_id}, tx.now());
}

void OrdersService::on_assembly_started(Tx& tx, const warehouse::AssemblyStarted& event) {
  move_if(tx, event.order_id, OrderStatus::assembling);
}

void OrdersService::on_assembly_complete(Tx& tx, const warehouse::AssemblyComplete& event) {
  move_if(tx, event.order_id, OrderStatus::ready_to_ship);
}

void OrdersService::move_if(Tx& tx, const OrderId& order, OrderStatus to) {
  auto purchase = store_.find(tx, order);
  if (!purchase || !may_become(purchase->status, to)) return;
  store_.move(tx, *purchase, to);
  if (purchase->cancel_requested && !is_cancellable(to)) refuse_cancel(tx, *purchase);
}

}  // namespace bramble::orders
