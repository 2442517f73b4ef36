#include "services/catalog/indexer.h"

namespace bramble::catalog {
namespace {

constexpr int most_batches = 50;  // a round, so that it ends in time also where all is due

}  // namespace

// While the index takes one batch, the next is read.
Task<void> Indexer::run(Call call) {
  if (!checked_) co_await check_index(call);
  Batch batch;
  co_await read_due(call, ProductId(), batch);
  for (int count = 0; count < most_batches && !batch.products.empty(); ++count) {
    Batch next;
    std::vector<Task<void>> work;
    auto last = batch.products.back().product_id;
    if (std::ssize(batch.products) == most_a_batch_) work.push_back(read_due(call, last, next));
    work.push_back(put(call, batch));
    co_await all(std::move(work));
    batch = std::move(next);
  }
}

Task<void> Indexer::read_due(Call call, ProductId after, Batch& batch) {
  batch = co_await database_.read(call, "", [&](Tx& tx) { return due(tx, after); });
}

Task<void> Indexer::put(Call call, Batch& batch) {
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

Indexer::Batch Indexer::due(Tx& tx, const ProductId& after) const {
  Batch batch;
  batch.products = indexing_.due(tx, after, most_a_batch_);
  batch.documents = documents_.of(tx, batch.products);
  return batch;
}

}  // namespace bramble::catalog
