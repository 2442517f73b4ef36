// A receipt that was a mistake is undone: inventory gives the right to sell its goods back, and they go off
// the books; or, when some are sold, all stay, and so does the right. Rights go before goods, so that what is
// sold is never without its goods. Each step may be repeated, and a job finishes what was cut off.
#include "base/error.h"
#include "services/warehouse/warehouse_service.h"

namespace bramble::warehouse {
namespace {

constexpr Duration second_look = seconds(10);

// One line for each SKU and bin, however often the receipt names them.
std::vector<Move> moves_of(const Receipt& receipt, const std::string& by_whom) {
  std::map<std::pair<SkuId, std::string>, std::int64_t> sums;
  for (const auto& line : receipt.lines) sums[{line.sku_id, line.bin}] += line.quantity;
  std::vector<Move> moves;
  for (const auto& [place, quantity] : sums)
    moves.push_back({receipt.site_id, place.first, place.second, quantity, receipt.receipt_id, by_whom});
  return moves;
}

inventory::WithdrawRequest wish_of(const std::vector<Move>& moves,
                                   std::pair<std::int64_t, std::int64_t> grant) {
  inventory::WithdrawRequest wish{
      moves.front().site_id, moves.front().document, grant.first, grant.second, {}};
  std::map<SkuId, std::int64_t> sums;
  for (const auto& move : moves) sums[move.sku_id] += move.quantity;
  for (const auto& [sku, quantity] : sums) wish.lines.push_back({sku, moves.front().site_id, quantity});
  return wish;
}

}  // namespace

Receipt WarehouseService::receipt_for(Tx& tx, const Call& call, const std::string& id) const {
  auto receipt = goods_.find_receipt(tx, id);
  if (!receipt) throw Error(ErrorCode::not_found, "receipt_not_found", "there is no such receipt");
  check_works_at(call, receipt->site_id);
  return std::move(*receipt);
}

// Nothing: the wish stands, and inventory is to be asked.
std::optional<UndoReceiptReply> WarehouseService::begin_undo(Tx& tx, const Call& call,
                                                             const std::string& id) {
  auto receipt = receipt_for(tx, call, id);
  if (auto earlier = undos_.find(tx, id)) {
    if (!earlier->done) return std::nullopt;
    receipt.undone_at = earlier->at;
    return UndoReceiptReply{UndoOutcome::undone, std::move(receipt), {}};
  }
  if (auto missing = missing_of(tx, moves_of(receipt, call.caller.id)); !missing.empty())
    return UndoReceiptReply{UndoOutcome::goods_gone, std::move(receipt), std::move(missing)};
  undos_.add(tx, {id, false, call.caller.id, tx.now()});
  tx.schedule(FinishUndo{id}, tx.now() + second_look);
  return std::nullopt;
}

// The first bin that has too few; empty: all are there.
std::string WarehouseService::missing_of(Tx& tx, const std::vector<Move>& moves) const {
  for (const auto& move : moves) {
    auto free = goods_.free_in(tx, move);
    if (free < move.quantity)
      return "bin " + move.bin + " has " + std::to_string(free) + " of " + std::to_string(move.quantity) +
             " that nobody is to pick";
  }
  return {};
}

Task<UndoReceiptReply> WarehouseService::undo_receipt(Call call, UndoReceiptRequest request) {
  auto reply = co_await database_.transact(call, request.receipt_id,
                                           [&](Tx& tx) { return begin_undo(tx, call, request.receipt_id); });
  if (reply) co_return std::move(*reply);
  co_return co_await finish_undo(call, request.receipt_id);
}

Task<UndoReceiptReply> WarehouseService::finish_undo(Call call, std::string id) {
  auto wish = co_await database_.read(call, id, [&](Tx& tx) -> std::optional<inventory::WithdrawRequest> {
    auto undo = undos_.find(tx, id);
    auto receipt = goods_.find_receipt(tx, id);
    if (!undo || undo->done || !receipt) return std::nullopt;
    return wish_of(moves_of(*receipt, undo->by_whom), goods_.last_grant(tx, receipt->site_id));
  });
  // Who did not ask was not told that the rights are gone, even if somebody has begun another undo since.
  inventory::WithdrawReply answer;
  answer.outcome = inventory::WithdrawOutcome::sold;
  if (wish) answer = co_await inventory_.withdraw(call, *wish);
  auto reply = co_await database_.transact(call, id, [&](Tx& tx) { return take_off(tx, id, answer); });
  if (reply.outcome == UndoOutcome::undone || !wish) co_return reply;
  wish->restore = true;
  co_await inventory_.withdraw(call, std::move(*wish));
  co_await database_.transact(call, id, [&](Tx& tx) { undos_.forget(tx, id); });
  co_return reply;
}

// All of it or nothing.
UndoReceiptReply WarehouseService::take_off(Tx& tx, const std::string& id,
                                            const inventory::WithdrawReply& answer) {
  auto receipt = goods_.find_receipt(tx, id).value_or(Receipt{});
  auto undo = undos_.find(tx, id);
  std::string detail = "some of the goods are sold";
  if (undo && !undo->done && answer.outcome == inventory::WithdrawOutcome::withdrawn) {
    auto moves = moves_of(receipt, undo->by_whom);
    detail = missing_of(tx, moves);
    if (detail.empty()) {
      for (const auto& move : moves) {
        if (!goods_.undo_receipt(tx, move))
          throw Error(ErrorCode::conflict, "stock_moved", "the goods moved while the receipt was undone");
      }
      undos_.finish(tx, id);
      undo = undos_.find(tx, id);
    }
  }
  if (!undo || !undo->done) {
    for (const auto& level : answer.short_)
      detail += ", of " + level.sku_id.text() + " only " + std::to_string(level.available) + " are left";
    return {UndoOutcome::goods_gone, std::move(receipt), std::move(detail)};
  }
  receipt.undone_at = undo->at;
  return {UndoOutcome::undone, std::move(receipt), {}};
}

}  // namespace bramble::warehouse
