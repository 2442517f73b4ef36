// Creating an order: take its place among others (claims.cpp), reserve, start the payment, answer. Whatever
// is cut off in between is undone by `abandon`: at once, by whoever repeats the request after a crash, or by
// the sweeper.
#include <algorithm>

#include "base/error.h"
#include "services/orders/orders_service.h"

namespace bramble::orders {
namespace {

constexpr std::int64_t most_units = 200;
constexpr Duration scarce_for = seconds(1);

void check(const CreateRequest& request) {
  if (request.user_id.empty()) throw_invalid("user_id", "required", "is required");
  if (request.idempotency_key.empty()) throw_invalid("Idempotency-Key", "required", "is required");
  if (request.delivery.type != "pickup") throw_invalid("delivery.type", "not_allowed", "pickup");
  check_method(request.payment_method);
  std::int64_t units = 0;
  for (std::size_t i = 0; i < request.items.size(); ++i) {
    auto quantity = request.items[i].quantity;
    auto path = "items[" + std::to_string(i) + "].quantity";
    if (quantity < 1) throw_invalid(path, "too_small", "at least 1");
    if (quantity > most_units) throw_invalid(path, "too_large", "at most " + std::to_string(most_units));
    units += quantity;
  }
  if (units > most_units)
    throw_invalid("items", "too_many", "at most " + std::to_string(most_units) + " units");
}

// Hands each item a site from what was placed for its SKU.
std::vector<std::pair<ItemId, SiteId>> sites_of(const std::vector<Item>& items,
                                                std::vector<inventory::Placement> placements) {
  std::vector<std::pair<ItemId, SiteId>> sites;
  for (const auto& item : items) {
    auto part =
        std::find_if(placements.begin(), placements.end(), [&](const inventory::Placement& placement) {
          return placement.sku_id == item.sku_id && placement.quantity > 0;
        });
    if (part == placements.end())
      throw Error(ErrorCode::internal, "placement_missing", "an item was not reserved");
    --part->quantity;
    sites.emplace_back(item.item_id, part->site_id);
  }
  return sites;
}

// Items are read by their ids: so these have to grow as the items follow each other in the buyer's order.
void number_in_order(std::vector<Item>& items) {
  std::vector<ItemId> ids;
  for (const auto& item : items) ids.push_back(item.item_id);
  std::sort(ids.begin(), ids.end());
  for (std::size_t i = 0; i < items.size(); ++i) items[i].item_id = std::move(ids[i]);
}

}  // namespace

void OrdersService::add_wanted(Draft& draft, const WantedItem& wanted, const catalog::SkuInfo& info) {
  if (wanted.expected_price && *wanted.expected_price != info.price) {
    if (draft.refusal.outcome == CreateOutcome::created) draft.refusal.outcome = CreateOutcome::price_changed;
    draft.refusal.price_changes.push_back({info.sku_id, *wanted.expected_price, info.price});
  }
  for (std::int64_t i = 0; i < wanted.quantity; ++i) {
    Item item;
    item.item_id = new_id<ItemId>(clock_, random_, draft.purchase.order_id.text());
    item.sku_id = info.sku_id;
    item.product_id = info.product_id;
    item.seller_id = info.seller_id;
    item.title = info.title;
    item.options = info.options;
    item.image = info.image;
    item.price_minor = info.price.amount_minor;
    item.price_version = info.price_version;
    draft.items.push_back(std::move(item));
  }
  auto same = std::find_if(draft.lines.begin(), draft.lines.end(),
                           [&](const inventory::Line& line) { return line.sku_id == info.sku_id; });
  if (same == draft.lines.end()) {
    draft.lines.push_back({info.sku_id, wanted.quantity});
  } else {
    same->quantity += wanted.quantity;
  }
  auto cost = info.price * wanted.quantity;
  draft.purchase.total = draft.purchase.total.amount_minor == 0 ? cost : draft.purchase.total + cost;
}

// What the order would be, with the prices of this moment.
Task<OrdersService::Draft> OrdersService::draft(Call call, CreateRequest request) {
  Draft draft;
  auto& purchase = draft.purchase;
  purchase.order_id = new_id<OrderId>(clock_, random_, request.user_id.text());
  purchase.user_id = request.user_id;
  purchase.created_at = clock_.now();
  purchase.expires_at = purchase.created_at + settings_.hold;
  purchase.pickup_point_id = request.delivery.pickup_point_id;
  purchase.idempotency_key = request.idempotency_key;
  purchase.language = call.language;
  purchase.trace_id = trace_id_of(call.trace);
  catalog::GetSkusRequest wanted;
  for (const auto& item : request.items) wanted.sku_ids.push_back(item.sku_id);
  auto known = co_await peers_.catalog.get_skus(call, std::move(wanted));
  for (const auto& item : request.items) {
    auto info = std::find_if(known.items.begin(), known.items.end(),
                             [&](const catalog::SkuInfo& sku) { return sku.sku_id == item.sku_id; });
    if (info == known.items.end()) {
      draft.refusal.outcome = CreateOutcome::unknown_sku;
      draft.refusal.unknown_skus.push_back(item.sku_id.text());
    } else {
      add_wanted(draft, item, *info);
    }
  }
  if (draft.refusal.outcome != CreateOutcome::created) co_return draft;
  number_in_order(draft.items);
  bool unknown_point = false;
  try {
    auto point = co_await peers_.pickup.get(call, {request.delivery.pickup_point_id});
    purchase.lat = point.lat;
    purchase.lon = point.lon;
    draft.place = PickupPlace{std::move(point.title), std::move(point.address), point.lat, point.lon};
  } catch (const Error& error) {
    if (error.code != ErrorCode::not_found) throw;
    unknown_point = true;
  }
  if (unknown_point) draft.refusal.outcome = CreateOutcome::unknown_pickup_point;
  co_return draft;
}

Task<CreateReply> OrdersService::create(Call call, CreateRequest request) {
  check(request);
  auto draft = co_await this->draft(call, request);
  auto order = draft.purchase.order_id;
  Making making(*this, order, request);
  if (auto answered = co_await take_its_place(call, request, draft)) co_return std::move(*answered);
  std::exception_ptr failure;
  CreateReply reply;
  try {
    reply = co_await reserve_and_start(call, request, std::move(draft));
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    // Even if the caller's time is over, what was begun is undone.
    call.deadline = clock_.now() + seconds(10);
    co_await abandon(call, order);
    std::rethrow_exception(failure);
  }
  co_return reply;
}

// The goods are held and the payment is made known side by side, since each is a commit to wait for. Of goods
// that were sold out a moment ago the payment waits: one for nothing would have to be taken back.
Task<inventory::ReserveReply> OrdersService::reserve_and_announce(Call call, inventory::ReserveRequest wanted,
                                                                  payments::StartRequest start) {
  auto now = clock_.now();
  bool scarce = std::any_of(wanted.lines.begin(), wanted.lines.end(), [&](const inventory::Line& line) {
    const auto* until = scarce_until_.find(line.sku_id);
    return until != nullptr && *until > now;
  });
  if (scarce) co_return co_await peers_.inventory.reserve(std::move(call), std::move(wanted));
  auto order = start.order_id;
  auto [held, announced] = co_await both(peers_.inventory.reserve(call, std::move(wanted)),
                                         peers_.payments.prepare_attempt(call, std::move(start)));
  if (held.outcome == inventory::ReserveOutcome::out_of_stock) {
    for (const auto& level : held.short_) scarce_until_.put(level.sku_id, now + scarce_for);
    co_await peers_.payments.drop_attempt(std::move(call), {order});
  }
  co_return std::move(held);
}

Task<CreateReply> OrdersService::reserve_and_start(Call call, CreateRequest request, Draft draft) {
  const auto& purchase = draft.purchase;
  inventory::ReserveRequest wanted{purchase.order_id, 1,
                                   draft.lines,       purchase.lat,
                                   purchase.lon,      purchase.expires_at + settings_.hold_grace};
  payments::StartRequest start;
  start.order_id = purchase.order_id;
  start.user_id = purchase.user_id;
  start.amount = purchase.total;
  start.method = request.payment_method;
  start.return_url = request.return_url + "?order_id=" + purchase.order_id.text();
  start.session_expires_at = payable_until(purchase);
  auto held = co_await reserve_and_announce(call, std::move(wanted), start);
  if (held.outcome == inventory::ReserveOutcome::out_of_stock) {
    CreateReply refusal;
    refusal.outcome = CreateOutcome::out_of_stock;
    for (const auto& level : held.short_) {
      auto line = std::find_if(draft.lines.begin(), draft.lines.end(),
                               [&](const inventory::Line& wanted) { return wanted.sku_id == level.sku_id; });
      refusal.shortages.push_back(
          {level.sku_id, line == draft.lines.end() ? 0 : line->quantity, level.available});
    }
    co_return co_await refuse(call, request, purchase.order_id, std::move(refusal));
  }
  for (const auto& [item, site] : sites_of(draft.items, held.placements)) {
    for (auto& known : draft.items) {
      if (known.item_id == item) known.site_id = site;
    }
  }
  co_return co_await begin_payment(call, request, draft, std::move(start));
}

// While the buyer has to act nothing moves the payment on, so what the bank said and the order that shows it
// are saved side by side. If only the order was, the bank is asked again, by RecordAnswer or the reconciler.
Task<CreateReply> OrdersService::begin_payment(Call call, const CreateRequest& request, const Draft& draft,
                                               payments::StartRequest start) {
  auto order = draft.purchase.order_id;
  auto payment = co_await peers_.payments.create_at_bank(call, std::move(start));
  bool waits = payment.status == payments::PaymentStatus::requires_action;
  bool known = payment.status != payments::PaymentStatus::processing;
  if (known && !waits) payment = co_await peers_.payments.record_answer(call, {order});
  auto shown =
      database_.transact(call, order.text(), [&](Tx& tx) { return finish(tx, request, draft, payment); });
  if (!waits) co_return co_await std::move(shown);
  auto [reply, saved] = co_await both(std::move(shown), peers_.payments.record_answer(call, {order}));
  auto purchase = draft.purchase;
  purchase.status = OrderStatus::pending_payment;
  ++purchase.version;
  awaiting_.put(order, std::move(purchase));
  co_return std::move(reply);
}

// From here on the order is real: the buyer has its answer, and so has its key.
CreateReply OrdersService::finish(Tx& tx, const CreateRequest& request, const Draft& draft,
                                  const payments::Payment& payment) {
  auto purchase = draft.purchase;
  store_.move(tx, purchase, OrderStatus::pending_payment);
  auto items = draft.items;
  for (auto& item : items) {
    item.status = OrderStatus::pending_payment;
    store_.place_item(tx, purchase.order_id, item);
  }
  if (payment.status == payments::PaymentStatus::authorised ||
      payment.status == payments::PaymentStatus::captured) {
    tx.schedule(AdvanceOrder{purchase.order_id}, tx.now());
  }
  CreateReply reply;
  reply.order = OrderStore::view_of(purchase, std::move(items), {{OrderStatus::pending_payment, tx.now()}});
  reply.order->pickup_point = draft.place;
  reply.order->payment = payment;
  show_ways_to_pay(*reply.order);
  store_.keep_answer(tx, purchase.user_id.text(), create_route, request.idempotency_key, reply.encode());
  return reply;
}

// There are too few: the order never was. If a repeat has taken this request for dead and undone it, the key
// is the repeat's.
Task<CreateReply> OrdersService::refuse(Call call, CreateRequest request, OrderId order,
                                        CreateReply refusal) {
  co_await database_.transact(call, order.text(), [&](Tx& tx) {
    auto purchase = store_.find(tx, order);
    if (!purchase || purchase->status != OrderStatus::new_) return;
    store_.forget(tx, order);
    store_.keep_answer(tx, request.user_id.text(), create_route, request.idempotency_key, refusal.encode());
  });
  co_return refusal;
}

// The order cannot be made now. Its hold and payment are ended by the job; its key is free, so that the buyer
// may try again: this order can no longer be paid.
Task<void> OrdersService::abandon(Call call, OrderId order) {
  co_await database_.transact(call, order.text(), [&](Tx& tx) {
    auto purchase = store_.find(tx, order);
    if (!purchase || purchase->status != OrderStatus::new_) return;
    store_.drop_key(tx, purchase->user_id.text(), create_route, purchase->idempotency_key);
    close_in(tx, *purchase, OrderStatus::cancelled);
  });
}

}  // namespace bramble::orders
