#include "services/inventory/withdrawals.h"

#include "base/error.h"
#include "services/inventory/stock_turns.h"

namespace bramble::inventory {
namespace {

constexpr std::size_t most_lines = 1'000;

void check(const WithdrawRequest& request) {
  if (request.document.empty()) throw_invalid("document", "required", "is required");
  if (request.lines.empty() || request.lines.size() > most_lines)
    throw_invalid("lines", "too_many", "1 to " + std::to_string(most_lines) + " lines");
  for (const auto& line : request.lines) {
    if (line.quantity <= 0) throw_invalid("lines.quantity", "too_small", "at least 1");
  }
}

}  // namespace

Task<WithdrawReply> Withdrawals::withdraw(Call call, WithdrawRequest request) {
  check(request);
  bool taken = false;
  auto reply = co_await database_.transact(call, request.lines.front().sku_id.text(), [&](Tx& tx) {
    taken = false;
    return withdraw_in(tx, request, taken);
  });
  if (taken) availability_.adjust(request.lines, -1);
  co_return reply;
}

WithdrawReply Withdrawals::withdraw_in(Tx& tx, const WithdrawRequest& request, bool& taken) const {
  WithdrawReply reply;
  auto withdrawn = stock_.withdrawn_in(tx, request.site_id, request.document);
  if (request.restore) {
    restore(tx, request, withdrawn);
    return reply;
  }
  bool is_late = request.round > 0 &&
                 stock_.restored_to(tx, request.site_id, request.document).value_or(0) >= request.round;
  if (is_late) reply.outcome = WithdrawOutcome::sold;
  if (withdrawn || is_late) return reply;
  if (!stock_.has_grant(tx, request.site_id, request.epoch, request.seq))
    throw Error(ErrorCode::unavailable, "not_yet", "a grant of the site is still on its way");
  reply.short_ = shortages(tx, request);
  if (!reply.short_.empty()) {
    reply.outcome = WithdrawOutcome::sold;
    return reply;
  }
  for (const auto& line : request.lines) {
    if (!stock_.withdraw(tx, request, line))
      throw Error(ErrorCode::conflict, "stock_moved", "the stock changed while it was being withdrawn");
    if (stock_.available(tx, line.sku_id) == 0) publish_turned_off(tx, stock_, line.sku_id);
  }
  taken = true;
  return reply;
}

void Withdrawals::restore(Tx& tx, const WithdrawRequest& request,
                          std::optional<std::int64_t> withdrawn) const {
  if (withdrawn && (request.round == 0 || *withdrawn <= request.round)) {
    for (const auto& line : stock_.restore(tx, request.site_id, request.document))
      publish_turned_on(tx, stock_, line.sku_id, line.quantity);
  }
  if (request.round > 0) stock_.end_rounds(tx, request.site_id, request.document, request.round);
}

std::vector<Level> Withdrawals::shortages(Tx& tx, const WithdrawRequest& request) const {
  std::vector<Level> found;
  for (const auto& line : request.lines) {
    std::int64_t free = 0;
    for (const auto& stock : stock_.stock_of(tx, line.sku_id)) {
      if (stock.site_id == request.site_id) free = stock.granted - stock.held - stock.spent;
    }
    if (free < line.quantity) found.push_back({line.sku_id, free});
  }
  return found;
}

}  // namespace bramble::inventory
