#include "testing/fakes/fake_inventory.h"

namespace bramble {

Task<inventory::ReserveReply> FakeInventory::reserve(Call, inventory::ReserveRequest request) {
  auto guard = trouble.meet("reserve");
  inventory::ReserveReply reply;
  auto& hold = holds[request.order_id];
  bool is_new = hold.state == State::none || hold.state == State::released;
  if (is_new && std::max(hold.attempt, hold.closed_to) < request.attempt) {
    std::map<SkuId, std::int64_t> wanted;
    for (const auto& line : request.lines) wanted[line.sku_id] += line.quantity;
    for (const auto& [sku, quantity] : wanted) {
      if (available[sku] < quantity) reply.short_.push_back({sku, available[sku]});
    }
    if (reply.short_.empty()) {
      hold = {request.attempt, State::held, hold.closed_to, {}};
      for (const auto& [sku, quantity] : wanted) {
        available[sku] -= quantity;
        hold.placements.push_back({sku, SiteId("site_1"), quantity});
      }
    }
  }
  bool open = hold.state == State::held || hold.state == State::paying || hold.state == State::claimed;
  reply.outcome = open ? inventory::ReserveOutcome::reserved : inventory::ReserveOutcome::out_of_stock;
  if (open) reply.placements = hold.placements;
  guard.after();
  co_return reply;
}

Task<inventory::HoldReply> FakeInventory::begin_payment(Call, inventory::HoldRequest request) {
  auto guard = trouble.meet("begin_payment");
  auto& hold = holds[request.order_id];
  if (hold.state == State::held) hold.state = State::paying;
  guard.after();
  co_return inventory::HoldReply{hold.state, hold.placements};
}

Task<inventory::HoldReply> FakeInventory::release(Call, inventory::ReleaseRequest request) {
  auto guard = trouble.meet("release");
  auto& hold = holds[request.order_id];
  bool open = hold.state == State::held || hold.state == State::paying;
  if (open && hold.attempt <= request.last_attempt) free(hold);
  hold.closed_to = std::max(hold.closed_to, request.last_attempt);
  guard.after();
  co_return inventory::HoldReply{hold.state, hold.placements};
}

Task<inventory::HoldReply> FakeInventory::get_hold(Call, inventory::HoldRequest request) {
  auto guard = trouble.meet("get_hold");
  const auto& hold = holds[request.order_id];
  inventory::HoldReply reply{hold.state, hold.placements};
  guard.after();
  co_return reply;
}

Task<inventory::WithdrawReply> FakeInventory::withdraw(Call, inventory::WithdrawRequest request) {
  auto guard = trouble.meet("withdraw");
  inventory::WithdrawReply reply;
  if (request.restore) {
    withdrawn.erase(request.document);
  } else if (!withdrawn.contains(request.document)) {
    for (const auto& line : request.lines) {
      if (auto found = sold.find(line.sku_id); found != sold.end())
        reply.short_.push_back({line.sku_id, found->second});
    }
    if (reply.short_.empty()) withdrawn[request.document] = request.lines;
  }
  if (!reply.short_.empty()) reply.outcome = inventory::WithdrawOutcome::sold;
  guard.after();
  co_return reply;
}

Task<inventory::ReplaceShortReply> FakeInventory::replace_short(Call,
                                                                inventory::ReplaceShortRequest request) {
  auto guard = trouble.meet("replace_short");
  auto [known, is_new] = replaced.try_emplace(request.short_id);
  if (is_new) {
    auto& hold = holds[request.order_id];
    if (hold.state != State::claimed && hold.state != State::paying)
      throw Error(ErrorCode::internal, "hold_missing", "the order has no claimed hold");
    for (auto& line : hold.placements) {
      if (line.sku_id == request.sku_id && line.site_id == request.site_id) line.quantity -= request.quantity;
    }
    auto missing = request.replace ? request.quantity : 0;
    for (auto& [site, units] : elsewhere[request.sku_id]) {
      auto part = std::min(missing, units);
      if (part == 0) continue;
      known->second.placements.push_back({request.sku_id, site, part});
      hold.placements.push_back({request.sku_id, site, part});
      units -= part;
      missing -= part;
    }
  }
  guard.after();
  co_return known->second;
}

Task<inventory::AvailabilityReply> FakeInventory::availability(Call, inventory::AvailabilityRequest request) {
  inventory::AvailabilityReply reply;
  for (const auto& sku : request.sku_ids) reply.levels.push_back({sku, available[sku]});
  co_return reply;
}

Task<inventory::ListHoldsReply> FakeInventory::list_holds(Call, inventory::ListHoldsRequest) {
  auto guard = trouble.meet("list_holds");
  guard.after();
  co_return inventory::ListHoldsReply{rows};
}

bool FakeInventory::expire(const OrderId& order) {
  auto& hold = holds[order];
  if (hold.state != State::held) return false;
  free(hold);
  return true;
}

void FakeInventory::free(Hold& hold) {
  hold.state = State::released;
  for (const auto& placement : hold.placements) available[placement.sku_id] += placement.quantity;
}

}  // namespace bramble
