#include "services/orders/checkout/checkout.h"

#include <algorithm>

#include "base/error.h"
#include "services/orders/checkout/payment_rules.h"

namespace bramble::orders {
namespace {

constexpr Duration scarce_for = seconds(1);
// A second order of a cart waits for the first one, which takes as long as the bank does.
constexpr int most_looks = 100;
constexpr Duration between_looks = milliseconds(100);

// Sets the site of each item from the placements of its SKU.
void place(std::vector<Item>& items, std::vector<inventory::Placement> placements) {
  for (auto& item : items) {
    auto part =
        std::find_if(placements.begin(), placements.end(), [&](const inventory::Placement& placement) {
          return placement.sku_id == item.sku_id && placement.quantity > 0;
        });
    if (part == placements.end())
      throw Error(ErrorCode::internal, "placement_missing", "an item was not reserved");
    --part->quantity;
    item.site_id = part->site_id;
  }
}

CreateReply out_of_stock(const NewOrder& order, const inventory::ReserveReply& held) {
  CreateReply refusal;
  refusal.outcome = CreateOutcome::out_of_stock;
  for (const auto& level : held.short_) {
    auto line = std::find_if(order.lines.begin(), order.lines.end(),
                             [&](const inventory::Line& wanted) { return wanted.sku_id == level.sku_id; });
    refusal.shortages.push_back(
        {level.sku_id, line == order.lines.end() ? 0 : line->quantity, level.available});
  }
  return refusal;
}

}  // namespace

Task<CreateReply> Checkout::create(Call call, CreateRequest request) {
  check(request);
  auto order = co_await new_orders_.build(call, request);
  auto id = order.row.order_id;
  CreationGuard guard(creations_, id, request);
  if (auto answered = co_await replace_dead_request(call, request, order)) co_return std::move(*answered);
  std::exception_ptr failure;
  CreateReply reply;
  try {
    reply = co_await reserve_and_start(call, request, std::move(order));
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    // What was begun is undone even if the caller's deadline has passed.
    call.deadline = env_.clock.now() + seconds(10);
    co_await closing_.abandon(call, id);
    std::rethrow_exception(failure);
  }
  co_return reply;
}

// Saves the order, or returns the answer to the buyer. A dead request with the same key or cart is undone
// first; a running one of the same cart is waited for.
Task<std::optional<CreateReply>> Checkout::replace_dead_request(const Call& call,
                                                                const CreateRequest& request,
                                                                const NewOrder& order) {
  for (int look = 1;; ++look) {
    auto result = co_await env_.database.transact(call, order.row.order_id.text(), [&](Tx& tx) {
      return claims_.claim_key_and_cart(tx, request, order);
    });
    if (!result.conflict) co_return std::move(result.answer);
    if (!creations_.is_alive(*result.conflict)) {
      co_await undo(call, result.conflict->order_id);
    } else if (result.is_same_key) {
      co_return std::move(result.answer);
    } else {
      co_await pause_us(between_looks.us);
    }
    bool is_late = env_.clock.now() + seconds(1) > call.deadline;
    if (look == most_looks || is_late) co_return std::move(result.answer);
  }
}

// The process that was creating the order is dead: its goods and its key are freed here and now.
Task<void> Checkout::undo(Call call, OrderId order) {
  co_await closing_.abandon(call, order);
  try {
    co_await saga_.advance(call, {order});
  } catch (const Error& error) {
    if (error.code == ErrorCode::internal) throw;
  }
}

// Reserving and announcing are a commit each, so they run side by side. The payment of goods that were sold
// out a moment ago is not announced at the same time: it would probably have to be taken back.
Task<inventory::ReserveReply> Checkout::reserve_and_announce(Call call, inventory::ReserveRequest wanted,
                                                             payments::StartRequest start) {
  auto now = env_.clock.now();
  bool is_scarce = std::any_of(wanted.lines.begin(), wanted.lines.end(), [&](const inventory::Line& line) {
    const auto* until = scarce_until_.find(line.sku_id);
    return until != nullptr && *until > now;
  });
  if (is_scarce) co_return co_await env_.peers.inventory.reserve(std::move(call), std::move(wanted));
  auto order = start.order_id;
  auto [held, announced] = co_await both(env_.peers.inventory.reserve(call, std::move(wanted)),
                                         env_.peers.payments.announce(call, std::move(start)));
  if (held.outcome == inventory::ReserveOutcome::out_of_stock) {
    for (const auto& level : held.short_) scarce_until_.put(level.sku_id, now + scarce_for);
    co_await env_.peers.payments.forget(std::move(call), {order});
  }
  co_return std::move(held);
}

Task<CreateReply> Checkout::reserve_and_start(Call call, CreateRequest request, NewOrder order) {
  const auto& row = order.row;
  inventory::ReserveRequest wanted{row.order_id, 1,       order.lines,
                                   row.lat,      row.lon, row.expires_at + env_.settings.hold_grace};
  payments::StartRequest start;
  start.order_id = row.order_id;
  start.user_id = row.user_id;
  start.amount = row.total;
  start.method = request.payment_method;
  start.return_url = request.return_url + "?order_id=" + row.order_id.text();
  start.session_expires_at = payable_until(row, env_.settings.session_margin);
  auto held = co_await reserve_and_announce(call, std::move(wanted), start);
  if (held.outcome == inventory::ReserveOutcome::out_of_stock)
    co_return co_await refuse(call, request, row.order_id, out_of_stock(order, held));
  place(order.items, std::move(held.placements));
  co_return co_await start_payment(call, request, order, std::move(start));
}

// While the buyer has to act, nothing advances the payment, so the bank's answer and the order are saved side
// by side. If only the order is saved, Save or the reconciler asks the bank again.
Task<CreateReply> Checkout::start_payment(Call call, const CreateRequest& request, const NewOrder& order,
                                          payments::StartRequest start) {
  auto id = order.row.order_id;
  auto payment = co_await env_.peers.payments.begin(call, std::move(start));
  bool waits = payment.status == payments::PaymentStatus::requires_action;
  bool is_known = payment.status != payments::PaymentStatus::processing;
  if (is_known && !waits) payment = co_await env_.peers.payments.save(call, {id});
  auto shown =
      env_.database.transact(call, id.text(), [&](Tx& tx) { return finish(tx, request, order, payment); });
  if (!waits) co_return co_await std::move(shown);
  auto [reply, saved] = co_await both(std::move(shown), env_.peers.payments.save(call, {id}));
  auto row = order.row;
  row.status = OrderStatus::pending_payment;
  ++row.version;
  saga_.await_payment(std::move(row));
  co_return std::move(reply);
}

// The order is shown from here on: its buyer and its key have their answer.
CreateReply Checkout::finish(Tx& tx, const CreateRequest& request, const NewOrder& order,
                             const payments::Payment& payment) {
  auto row = order.row;
  store_.move(tx, row, OrderStatus::pending_payment);
  auto items = order.items;
  for (auto& item : items) {
    item.status = OrderStatus::pending_payment;
    store_.place_item(tx, row.order_id, item);
  }
  if (payment.status == payments::PaymentStatus::authorised ||
      payment.status == payments::PaymentStatus::captured) {
    tx.schedule(AdvanceOrder{row.order_id}, tx.now());
  }
  CreateReply reply;
  reply.order = OrderStore::view_of(row, std::move(items), {{OrderStatus::pending_payment, tx.now()}});
  reply.order->pickup_point = order.place;
  reply.order->payment = payment;
  offer_payment(*reply.order, env_.clock.now(), env_.settings.session_margin);
  answers_.keep(tx, row.user_id.text(), create_route, request.idempotency_key, reply.encode());
  return reply;
}

// There is not enough stock: the order is deleted. If a repeat has taken this request for dead and undone it,
// the key belongs to the repeat.
Task<CreateReply> Checkout::refuse(Call call, CreateRequest request, OrderId order, CreateReply refusal) {
  co_await env_.database.transact(call, order.text(), [&](Tx& tx) {
    auto found = store_.find(tx, order);
    if (!found || found->status != OrderStatus::new_) return;
    store_.forget(tx, order);
    answers_.keep(tx, request.user_id.text(), create_route, request.idempotency_key, refusal.encode());
  });
  co_return refusal;
}

}  // namespace bramble::orders
