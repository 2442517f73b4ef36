// Inventory with one site, "site_1": holds keep to the states of the real one.
#pragma once

#include <algorithm>
#include <map>

#include "services/inventory/inventory.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeInventory final : public inventory::InventoryApi {
 public:
  using State = inventory::HoldState;

  struct Hold {
    std::int64_t attempt = 0;
    State state = State::none;
    std::int64_t closed_to = 0;
    std::vector<inventory::Placement> placements;
  };

  Task<inventory::ReserveReply> reserve(Call, inventory::ReserveRequest request) override {
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
  Task<inventory::HoldReply> begin_payment(Call, inventory::HoldRequest request) override {
    auto guard = trouble.meet("begin_payment");
    auto& hold = holds[request.order_id];
    if (hold.state == State::held) hold.state = State::paying;
    guard.after();
    co_return inventory::HoldReply{hold.state, hold.placements};
  }
  Task<inventory::HoldReply> release(Call, inventory::ReleaseRequest request) override {
    auto guard = trouble.meet("release");
    auto& hold = holds[request.order_id];
    bool open = hold.state == State::held || hold.state == State::paying;
    if (open && hold.attempt <= request.last_attempt) free(hold);
    hold.closed_to = std::max(hold.closed_to, request.last_attempt);
    guard.after();
    co_return inventory::HoldReply{hold.state, hold.placements};
  }
  Task<inventory::HoldReply> get_hold(Call, inventory::HoldRequest request) override {
    auto guard = trouble.meet("get_hold");
    const auto& hold = holds[request.order_id];
    inventory::HoldReply reply{hold.state, hold.placements};
    guard.after();
    co_return reply;
  }
  Task<inventory::WithdrawReply> withdraw(Call, inventory::WithdrawRequest request) override {
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
  // What a test put at other sites takes the place of what is missing.
  Task<inventory::ReplaceShortReply> replace_short(Call, inventory::ReplaceShortRequest request) override {
    auto guard = trouble.meet("replace_short");
    auto [known, is_new] = replaced.try_emplace(request.short_id);
    if (is_new) {
      auto& hold = holds[request.order_id];
      if (hold.state != State::claimed && hold.state != State::paying)
        throw Error(ErrorCode::internal, "hold_missing", "the order has no claimed hold");
      for (auto& line : hold.placements) {
        if (line.sku_id == request.sku_id && line.site_id == request.site_id)
          line.quantity -= request.quantity;
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
  Task<inventory::AvailabilityReply> availability(Call, inventory::AvailabilityRequest request) override {
    inventory::AvailabilityReply reply;
    for (const auto& sku : request.sku_ids) reply.levels.push_back({sku, available[sku]});
    co_return reply;
  }
  Task<inventory::ListHoldsReply> list_holds(Call, inventory::ListHoldsRequest) override {
    auto guard = trouble.meet("list_holds");
    guard.after();
    co_return inventory::ListHoldsReply{rows};
  }
  Task<inventory::ListGrantsReply> list_grants(Call, inventory::ListGrantsRequest) override { not_faked(); }
  Task<inventory::ListStockReply> list_stock(Call, inventory::ListStockRequest) override { not_faked(); }

  // Its time is over; false if somebody is paying.
  bool expire(const OrderId& order) {
    auto& hold = holds[order];
    if (hold.state != State::held) return false;
    free(hold);
    return true;
  }

  std::map<SkuId, std::int64_t> available;
  std::map<OrderId, Hold> holds;
  std::map<SkuId, std::map<SiteId, std::int64_t>> elsewhere;
  std::map<std::string, inventory::ReplaceShortReply> replaced;        // by short pick
  std::vector<inventory::HoldRow> rows;                                // what staff are told
  std::map<std::string, std::vector<inventory::Placement>> withdrawn;  // by receipt
  std::map<SkuId, std::int64_t> sold;  // SKUs of which a site has only so many left that nobody holds
  Trouble trouble;

 private:
  void free(Hold& hold) {
    hold.state = State::released;
    for (const auto& placement : hold.placements) available[placement.sku_id] += placement.quantity;
  }
};

}  // namespace bramble
