#include "services/inventory/inventory_service.h"

#include <algorithm>

#include "base/error.h"
#include "services/inventory/placement.h"
#include "services/inventory/stock_turns.h"

namespace bramble::inventory {
namespace {

constexpr std::size_t most_lines = 200;
constexpr std::int64_t expiry_batch = 256;

void check(const ReserveRequest& request) {
  if (request.order_id.empty()) throw_invalid("order_id", "required", "is required");
  if (request.lines.empty() || request.lines.size() > most_lines) {
    throw_invalid("lines", "too_many", "1 to " + std::to_string(most_lines) + " lines");
  }
  for (const auto& line : request.lines) {
    if (line.quantity <= 0) throw_invalid("lines.quantity", "too_small", "at least 1");
  }
}

}  // namespace

Task<ReserveReply> InventoryService::reserve(Call call, ReserveRequest request) {
  check(request);
  bool taken = false;
  auto reply = co_await database_.transact(call, request.lines.front().sku_id.text(), [&](Tx& tx) {
    taken = false;
    return reserve_in(tx, request, taken);
  });
  if (taken) availability_.adjust(reply.placements, -1);
  co_return reply;
}

ReserveReply InventoryService::reserve_in(Tx& tx, const ReserveRequest& request, bool& taken) {
  ReserveReply reply;
  if (auto earlier = stock_.find_hold(tx, request.order_id)) {
    // An order has at most one open hold, whichever attempt asks.
    if (earlier->state != HoldState::released) {
      reply.placements = stock_.placements(tx, *earlier);
      return reply;
    }
    if (std::max(earlier->attempt, earlier->closed_to) >= request.attempt) {
      reply.outcome = ReserveOutcome::out_of_stock;
      return reply;
    }
  }
  auto levels = stock_.levels(tx, request.lines, request.lat, request.lon);
  auto placement = place(request.lines, levels);
  if (!placement) {
    reply.outcome = ReserveOutcome::out_of_stock;
    reply.short_ = shortages(request.lines, levels);
    return reply;
  }
  for (const auto& part : *placement) {
    if (!stock_.take(tx, part)) {
      throw Error(ErrorCode::conflict, "stock_moved", "the stock changed while it was being reserved");
    }
    // A SKU may come from several sites: it is sold out when nothing of it is left at any.
    std::int64_t left = 0;
    for (auto& level : levels[part.sku_id]) {
      if (level.site_id == part.site_id) level.available -= part.quantity;
      left += level.available;
    }
    if (left == 0) publish_turned_off(tx, stock_, part.sku_id);
  }
  Hold hold{request.order_id, request.attempt, HoldState::held, 1};
  stock_.add_hold(tx, hold, *placement, request.expires_at);
  taken = true;
  reply.placements = std::move(*placement);
  return reply;
}

HoldReply InventoryService::reply_of(Tx& tx, const Hold& hold) const {
  return {hold.state, stock_.placements(tx, hold)};
}

// From now on the hold does not expire: a payment is under way.
Task<HoldReply> InventoryService::begin_payment(Call call, HoldRequest request) {
  co_return co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) -> HoldReply {
    auto hold = stock_.find_hold(tx, request.order_id);
    if (!hold) return {HoldState::none, {}};
    if (hold->state == HoldState::held && stock_.move_hold(tx, *hold, HoldState::paying)) {
      hold->state = HoldState::paying;
    }
    return reply_of(tx, *hold);
  });
}

Task<HoldReply> InventoryService::release(Call call, ReleaseRequest request) {
  bool freed = false;
  auto reply = co_await database_.transact(call, request.order_id.text(), [&](Tx& tx) -> HoldReply {
    freed = false;
    auto hold = stock_.find_hold(tx, request.order_id);
    // Older versions name no attempt (0): they mean the latest.
    auto last = request.last_attempt;
    if (last == 0 && hold) last = hold->attempt;
    bool open = hold && (hold->state == HoldState::held || hold->state == HoldState::paying);
    std::vector<Placement> placements;
    if (hold) placements = stock_.placements(tx, *hold);
    if (open && hold->attempt <= last && stock_.move_hold(tx, *hold, HoldState::released)) {
      free_hold(tx, placements);
      hold->state = HoldState::released;
      freed = true;
    }
    // A Reserve of these attempts that arrives later is refused.
    bool was_sold = hold && (hold->state == HoldState::claimed || hold->state == HoldState::returned);
    if (last > 0 && !was_sold) stock_.close_holds(tx, request.order_id, last);
    return {hold ? hold->state : HoldState::none, std::move(placements)};
  });
  if (freed) availability_.adjust(reply.placements, 1);
  co_return reply;
}

Task<HoldReply> InventoryService::get_hold(Call call, HoldRequest request) {
  co_return co_await database_.read(call, request.order_id.text(), [&](Tx& tx) -> HoldReply {
    auto hold = stock_.find_hold(tx, request.order_id);
    if (!hold) return {HoldState::none, {}};
    return reply_of(tx, *hold);
  });
}

Task<ListHoldsReply> InventoryService::list_holds(Call call, ListHoldsRequest request) {
  if (!request.order_id && !request.sku_id) throw_invalid("sku_id", "required", "an order or a SKU");
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    ListHoldsReply reply{queries_.holds(tx, request)};
    for (auto& hold : reply.items) {
      hold.placements = stock_.placements(tx, {hold.order_id, hold.attempt, hold.state, hold.version});
    }
    return reply;
  });
}

Task<ListGrantsReply> InventoryService::list_grants(Call call, ListGrantsRequest request) {
  co_return co_await database_.read(call, request.sku_id.text(),
                                    [&](Tx& tx) { return ListGrantsReply{queries_.grants(tx, request)}; });
}

Task<AvailabilityReply> InventoryService::availability(Call call, AvailabilityRequest request) {
  return availability_.availability(std::move(call), std::move(request));
}

Task<ReplaceShortReply> InventoryService::replace_short(Call call, ReplaceShortRequest request) {
  return replacements_.replace_short(std::move(call), std::move(request));
}

Task<WithdrawReply> InventoryService::withdraw(Call call, WithdrawRequest request) {
  return withdrawals_.withdraw(std::move(call), std::move(request));
}

Task<ListStockReply> InventoryService::list_stock(Call call, ListStockRequest request) {
  co_return co_await database_.read(call, request.sku_id.text(), [&](Tx& tx) {
    return ListStockReply{stock_.stock_of(tx, request.sku_id)};
  });
}

void InventoryService::on_site_opened(Tx& tx, const warehouse::SiteOpened& event) {
  stock_.open_site(tx, event.site_id, event.title, event.lat, event.lon);
}

void InventoryService::on_sell_rights_granted(Tx& tx, const warehouse::SellRightsGranted& event) {
  if (!stock_.accept_grant(tx, event.site_id, event.epoch, event.seq)) return;
  for (const auto& line : event.lines) {
    stock_.add_grant(tx, event.site_id, event.epoch, event.seq, line.sku_id, line.quantity);
    publish_turned_on(tx, stock_, line.sku_id, line.quantity);
  }
}

// The held units are sold. Runs once per event, in the transaction of its inbox record.
void InventoryService::on_order_paid(Tx& tx, const orders::OrderPaid& event) {
  auto hold = stock_.find_hold(tx, event.order_id);
  if (!hold || hold->state != HoldState::paying || !stock_.move_hold(tx, *hold, HoldState::claimed)) {
    throw Error(ErrorCode::internal, "hold_missing",
                "paid order " + event.order_id.text() + " has no hold being paid");
  }
  for (const auto& placement : stock_.placements(tx, *hold)) stock_.spend(tx, placement);
}

// The sold units are on sale again. A claimed hold is never released, only returned.
void InventoryService::on_paid_order_cancelled(Tx& tx, const orders::PaidOrderCancelled& event) {
  auto hold = stock_.find_hold(tx, event.order_id);
  if (!hold || hold->state != HoldState::claimed || !stock_.move_hold(tx, *hold, HoldState::returned)) {
    throw Error(ErrorCode::internal, "hold_missing",
                "order " + event.order_id.text() + " has no claimed hold");
  }
  for (const auto& placement : stock_.placements(tx, *hold)) {
    stock_.take_back(tx, placement);
    publish_turned_on(tx, stock_, placement.sku_id, placement.quantity);
  }
}

void InventoryService::free_hold(Tx& tx, const std::vector<Placement>& placements) {
  for (const auto& placement : placements) {
    stock_.release(tx, placement);
    publish_turned_on(tx, stock_, placement.sku_id, placement.quantity);
  }
}

Task<void> InventoryService::expire_holds(Call call) {
  auto due =
      co_await database_.read(call, "", [&](Tx& tx) { return stock_.due(tx, tx.now(), expiry_batch); });
  for (const auto& hold : due) {
    auto freed = co_await database_.transact(call, hold.order_id.text(), [&](Tx& tx) {
      // False if a payment or a release was first.
      if (!stock_.move_hold(tx, hold, HoldState::released)) return std::vector<Placement>();
      auto placements = stock_.placements(tx, hold);
      free_hold(tx, placements);
      tx.publish(HoldExpired{hold.order_id});
      return placements;
    });
    availability_.adjust(freed, 1);
  }
}

}  // namespace bramble::inventory
