#include "services/inventory/short_replacements.h"

#include "base/error.h"
#include "services/inventory/placement.h"
#include "services/inventory/stock_turns.h"

namespace bramble::inventory {
namespace {

void check(const ReplaceShortRequest& request) {
  if (request.order_id.empty()) throw_invalid("order_id", "required", "is required");
  if (request.short_id.empty()) throw_invalid("short_id", "required", "is required");
  if (request.quantity <= 0) throw_invalid("quantity", "too_small", "at least 1");
}

}  // namespace

Task<ReplaceShortReply> ShortReplacements::replace_short(Call call, ReplaceShortRequest request) {
  check(request);
  bool taken = false;
  auto reply = co_await database_.transact(call, request.sku_id.text(), [&](Tx& tx) {
    taken = false;
    return replace_in(tx, request, taken);
  });
  if (taken) availability_.adjust(reply.placements, -1);
  co_return reply;
}

ReplaceShortReply ShortReplacements::replace_in(Tx& tx, const ReplaceShortRequest& request,
                                                bool& taken) const {
  if (auto earlier = shorts_.find(tx, request)) return std::move(*earlier);
  auto hold = stock_.find_hold(tx, request.order_id);
  if (hold && (hold->state == HoldState::held || hold->state == HoldState::paying)) {
    throw Error(ErrorCode::unavailable, "not_yet", "the payment of the order is not known here yet");
  }
  if (!hold || hold->state != HoldState::claimed) {
    throw Error(ErrorCode::internal, "hold_missing",
                "order " + request.order_id.text() + " has no claimed hold");
  }
  Placement units{request.sku_id, request.site_id, request.quantity};
  if (request.for_sale) {
    shorts_.drop(tx, *hold, units);
    stock_.take_back(tx, units);
    publish_turned_on(tx, stock_, request.sku_id, request.quantity);
  } else {
    shorts_.strike(tx, *hold, units);
  }
  ReplaceShortReply reply;
  if (request.replace) reply.placements = replacements(tx, request);
  for (const auto& placement : reply.placements) {
    if (!shorts_.claim(tx, *hold, placement)) {
      throw Error(ErrorCode::conflict, "stock_moved", "the stock changed while it was being claimed");
    }
  }
  shorts_.add(tx, request, reply.placements);
  taken = !reply.placements.empty();
  if (taken && stock_.available(tx, request.sku_id) == 0) publish_turned_off(tx, stock_, request.sku_id);
  return reply;
}

// A site that was short of the SKU is not asked again for this order: nobody has counted there.
std::vector<Placement> ShortReplacements::replacements(Tx& tx, const ReplaceShortRequest& request) const {
  auto doubtful = shorts_.short_sites(tx, request.order_id, request.sku_id);
  doubtful.insert(request.site_id);
  Line line{request.sku_id, request.quantity};
  auto levels = stock_.levels(tx, {line}, request.lat, request.lon);
  auto& sites = levels[request.sku_id];
  std::erase_if(sites, [&](const SiteLevel& level) { return doubtful.contains(level.site_id); });
  return place_some(line, std::move(sites));
}

}  // namespace bramble::inventory
