#include "services/warehouse/receiving/receipts.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::warehouse {
namespace {

// Whether the receipt answers this request. That of an opening stock has only what was new when it came.
bool is_same_receipt(const Receipt& receipt, const ReceiveRequest& request) {
  if (!request.opening) return receipt.lines == request.lines;
  return std::all_of(receipt.lines.begin(), receipt.lines.end(), [&](const auto& line) {
    return std::find(request.lines.begin(), request.lines.end(), line) != request.lines.end();
  });
}

}  // namespace

Task<Receipt> Receipts::receive(Call call, ReceiveRequest request) {
  access_.check_works_at(call, request.site_id);
  if (request.lines.empty()) throw_invalid("lines", "required", "at least one line");
  auto barcodes = co_await barcodes_of(call, request);
  co_return co_await database_.transact(call, request.site_id.text(),
                                        [&](Tx& tx) { return receive_in(tx, call, request, barcodes); });
}

// Asks the catalogue only about goods that the warehouse has not seen.
Task<Receipts::Barcodes> Receipts::barcodes_of(Call call, ReceiveRequest request) {
  Barcodes known = co_await database_.read(call, request.site_id.text(), [&](Tx& tx) {
    Barcodes found;
    for (const auto& line : request.lines) {
      if (auto barcode = goods_.barcode(tx, line.sku_id)) found[line.sku_id] = *barcode;
    }
    return found;
  });
  catalog::GetSkusRequest unknown;
  for (const auto& line : request.lines) {
    if (!known.contains(line.sku_id)) unknown.sku_ids.push_back(line.sku_id);
  }
  if (!unknown.sku_ids.empty()) {
    auto reply = co_await catalog_.get_skus(call, std::move(unknown));
    for (auto& sku : reply.items) known[sku.sku_id] = sku.barcode.empty() ? sku.sku_id.text() : sku.barcode;
  }
  std::vector<FieldError> errors;
  for (std::size_t i = 0; i < request.lines.size(); ++i) {
    if (known.contains(request.lines[i].sku_id)) continue;
    errors.push_back({"lines[" + std::to_string(i) + "].sku_id", "unknown_sku", "no card has this SKU"});
  }
  if (!errors.empty())
    throw Error(ErrorCode::invalid, "invalid_input", "a line names an unknown SKU", errors);
  co_return known;
}

Receipt Receipts::receive_in(Tx& tx, const Call& call, const ReceiveRequest& request,
                             const Barcodes& barcodes) const {
  if (auto earlier = find_same(tx, request)) return std::move(*earlier);
  if (!goods_.find_site(tx, request.site_id))
    throw_invalid("site_id", "unknown_site", "a site of /warehouse/sites");
  sites_.check_bins(tx, request);
  Receipt receipt{request.receipt_id, request.site_id, tx.now(), request.lines, std::nullopt};
  if (request.opening) {
    std::erase_if(receipt.lines,
                  [&](const auto& line) { return goods_.has_had(tx, request.site_id, line.sku_id); });
    if (receipt.lines.empty()) return receipt;
  }
  goods_.add_receipt(tx, receipt);
  put_into_bins(tx, call, receipt, barcodes);
  return receipt;
}

// Throws Error conflict if the receipt_id was used with other contents.
std::optional<Receipt> Receipts::find_same(Tx& tx, const ReceiveRequest& request) const {
  auto earlier = goods_.find_receipt(tx, request.receipt_id);
  if (!earlier) return std::nullopt;
  if (earlier->site_id != request.site_id || !is_same_receipt(*earlier, request)) {
    throw Error(ErrorCode::conflict, "receipt_reused",
                "receipt " + request.receipt_id + " had other contents");
  }
  if (auto undo = undos_.find(tx, request.receipt_id); undo && undo->done) earlier->undone_at = undo->at;
  return earlier;
}

void Receipts::put_into_bins(Tx& tx, const Call& call, const Receipt& receipt,
                             const Barcodes& barcodes) const {
  std::map<SkuId, std::int64_t> granted;
  for (const auto& line : receipt.lines) {
    goods_.put_barcode(tx, line.sku_id, barcodes.at(line.sku_id));
    goods_.receive(tx, {receipt.site_id, line.sku_id, line.bin, line.quantity, receipt.receipt_id,
                        call.caller.id});
    granted[line.sku_id] += line.quantity;
  }
  auto [epoch, seq] = goods_.next_grant(tx, receipt.site_id);
  SellRightsGranted grant{receipt.site_id, epoch, seq, {}};
  for (const auto& [sku, quantity] : granted) grant.lines.push_back({sku, quantity});
  tx.publish(grant);
}

}  // namespace bramble::warehouse
