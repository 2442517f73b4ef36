#include "services/catalog/indexer.h"

#include "services/catalog/search_mapping.h"

namespace bramble::catalog {
namespace {

constexpr std::int64_t most_a_round = 4'000;

}  // namespace

Task<void> Indexer::run(Call call) {
  if (!checked_) co_await check_index(call);
  auto batch = co_await database_.read(call, "", [&](Tx& tx) { return due(tx); });
  if (batch.products.empty()) co_return;
  co_await index_.put(call, std::move(batch.documents));
  co_await database_.transact(call, batch.products.front().product_id.text(), [&](Tx& tx) {
    for (const auto& product : batch.products) indexing_.done(tx, product);
  });
}

// An index that was lost, or restored from an older copy, has fewer than it was given. Versions keep the rest
// as it is.
Task<void> Indexer::check_index(Call call) {
  auto has = co_await index_.size(call);
  auto should_have = co_await database_.read(call, "", [&](Tx& tx) { return indexing_.indexed_count(tx); });
  if (has < should_have) {
    log_.warn("search index is behind", {{"has", has}, {"should_have", should_have}});
    co_await database_.transact(call, "", [&](Tx& tx) { indexing_.forget(tx); });
  }
  checked_ = true;
}

Indexer::Batch Indexer::due(Tx& tx) const {
  Batch batch;
  batch.products = indexing_.due(tx, most_a_round);
  if (batch.products.empty()) return batch;
  auto tree = categories_.tree(tx);
  batch.documents.reserve(batch.products.size());
  for (const auto& product : batch.products) {
    auto card = cards_.find(tx, product.product_id);
    if (!card) continue;
    auto in_stock = cards_.in_stock(tx, product.product_id);
    batch.documents.push_back(document_of(*card, tree, in_stock, product.version));
  }
  return batch;
}

}  // namespace bramble::catalog
