#include "services/warehouse/receiving/receipt_undo.h"

#include <map>

#include "base/error.h"

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

inventory::WithdrawRequest withdrawal_of(const std::vector<Move>& moves,
                                         std::pair<std::int64_t, std::int64_t> grant, std::int64_t round) {
  inventory::WithdrawRequest request{
      moves.front().site_id, moves.front().document, grant.first, grant.second, {}, false, round};
  std::map<SkuId, std::int64_t> sums;
  for (const auto& move : moves) sums[move.sku_id] += move.quantity;
  for (const auto& [sku, quantity] : sums) request.lines.push_back({sku, moves.front().site_id, quantity});
  return request;
}

}  // namespace

Receipt ReceiptUndo::receipt_for(Tx& tx, const Call& call, const std::string& id) const {
  auto receipt = goods_.find_receipt(tx, id);
  if (!receipt) throw Error(ErrorCode::not_found, "receipt_not_found", "there is no such receipt");
  access_.check_works_at(call, receipt->site_id);
  return std::move(*receipt);
}

// Nothing: the undo is requested, and inventory is asked next.
std::optional<UndoReceiptReply> ReceiptUndo::request_undo(Tx& tx, const Call& call,
                                                          const std::string& id) const {
  auto receipt = receipt_for(tx, call, id);
  auto earlier = undos_.find(tx, id);
  if (earlier && earlier->done) {
    receipt.undone_at = earlier->at;
    return UndoReceiptReply{UndoOutcome::undone, std::move(receipt), {}};
  }
  if (earlier && earlier->stage != UndoStage::given_up) return std::nullopt;
  if (auto missing = missing_of(tx, moves_of(receipt, call.caller.id)); !missing.empty())
    return UndoReceiptReply{UndoOutcome::goods_gone, std::move(receipt), std::move(missing)};
  undos_.request(tx, id, call.caller.id);
  tx.schedule(FinishUndo{id}, tx.now() + second_look);
  return std::nullopt;
}

// Names the first bin that has too few units; empty if all are there.
std::string ReceiptUndo::missing_of(Tx& tx, const std::vector<Move>& moves) const {
  for (const auto& move : moves) {
    auto free = goods_.free_in(tx, move);
    if (free < move.quantity)
      return "bin " + move.bin + " has " + std::to_string(free) + " of " + std::to_string(move.quantity) +
             " that nobody is to pick";
  }
  return {};
}

// If inventory does not answer, the job continues.
Task<UndoReceiptReply> ReceiptUndo::undo_receipt(Call call, UndoReceiptRequest request) {
  auto reply = co_await database_.transact(call, request.receipt_id, [&](Tx& tx) {
    return request_undo(tx, call, request.receipt_id);
  });
  if (reply) co_return std::move(*reply);
  try {
    co_return co_await finish_undo(call, request.receipt_id);
  } catch (const Error& error) {
    if (error.code != ErrorCode::unavailable && error.code != ErrorCode::timeout) throw;
  }
  co_return co_await database_.read(call, request.receipt_id,
                                    [&](Tx& tx) { return state_of(tx, request.receipt_id, {}); });
}

Task<UndoReceiptReply> ReceiptUndo::finish_undo(Call call, std::string id) {
  std::optional<Undo> claim;
  inventory::WithdrawRequest withdrawal;
  auto settled = co_await database_.transact(call, id, [&](Tx& tx) -> std::optional<UndoReceiptReply> {
    claim = undos_.claim(tx, id);
    if (!claim) return state_of(tx, id, "some of the goods are sold");
    auto receipt = goods_.find_receipt(tx, id).value();
    withdrawal = withdrawal_of(moves_of(receipt, claim->by_whom), goods_.last_grant(tx, receipt.site_id),
                               claim->round);
    return std::nullopt;
  });
  if (settled) co_return std::move(*settled);
  inventory::WithdrawReply answer;
  if (claim->stage == UndoStage::asking) answer = co_await inventory_.withdraw(call, withdrawal);
  auto reply =
      co_await database_.transact(call, id, [&](Tx& tx) { return take_off(tx, id, *claim, answer); });
  if (reply.outcome != UndoOutcome::goods_gone) co_return reply;
  withdrawal.restore = true;
  co_await inventory_.withdraw(call, std::move(withdrawal));
  co_await database_.transact(call, id, [&](Tx& tx) {
    auto now = undos_.find(tx, id);
    if (now && now->run == claim->run) undos_.set_stage(tx, id, UndoStage::given_up);
  });
  co_return reply;
}

// All of it or nothing. If nothing is taken off, the rights are given back next; until then nobody takes
// goods off.
UndoReceiptReply ReceiptUndo::take_off(Tx& tx, const std::string& id, const Undo& claim,
                                       const inventory::WithdrawReply& answer) const {
  auto now = undos_.find(tx, id);
  if (!now || now->run != claim.run) return state_of(tx, id, {});
  std::string detail = "some of the goods are sold";
  for (const auto& level : answer.short_)
    detail += ", of " + level.sku_id.text() + " only " + std::to_string(level.available) + " are left";
  if (now->stage == UndoStage::asking && answer.outcome == inventory::WithdrawOutcome::withdrawn) {
    auto moves = moves_of(goods_.find_receipt(tx, id).value(), now->by_whom);
    detail = missing_of(tx, moves);
    if (detail.empty()) {
      for (const auto& move : moves) {
        if (!goods_.undo_receipt(tx, move))
          throw Error(ErrorCode::conflict, "stock_moved", "the goods moved while the receipt was undone");
      }
      undos_.finish(tx, id);
      return state_of(tx, id, {});
    }
  }
  undos_.set_stage(tx, id, UndoStage::giving_back);
  return state_of(tx, id, std::move(detail));
}

UndoReceiptReply ReceiptUndo::state_of(Tx& tx, const std::string& id, std::string detail) const {
  UndoReceiptReply reply{UndoOutcome::goods_gone, goods_.find_receipt(tx, id).value_or(Receipt{}),
                         std::move(detail)};
  auto undo = undos_.find(tx, id);
  if (undo && undo->done) {
    reply = {UndoOutcome::undone, std::move(reply.receipt), {}};
    reply.receipt.undone_at = undo->at;
  } else if (undo && undo->stage == UndoStage::asking) {
    reply.outcome = UndoOutcome::pending;
  }
  return reply;
}

}  // namespace bramble::warehouse
