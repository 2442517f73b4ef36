#include "services/catalog/index_rebuild.h"

namespace bramble::catalog {
namespace {

constexpr Duration longest_batch = minutes(1);

}  // namespace

Task<void> IndexRebuild::run(Call call) {
  if (is_current_) co_return;
  auto stored = co_await database_.read(call, "", [&](Tx& tx) { return indexing_.format(tx); });
  if (stored != format_) {
    // An empty index has nothing to serve meanwhile: the indexer fills it in the new format.
    if (co_await index_.size(call) > 0) co_await rebuild(call);
    co_await database_.transact(call_of_batch(call), "", [&](Tx& tx) { indexing_.put_format(tx, format_); });
  }
  is_current_ = true;
}

Task<void> IndexRebuild::rebuild(Call call) {
  log_.info("search index is being rebuilt", {{"format", format_}});
  std::int64_t count = 0;
  std::function<Task<void>(SearchIndex&)> fill_beside = [&](SearchIndex& beside) -> Task<void> {
    count = co_await fill(call, beside);
  };
  co_await index_.rebuild(call, fill_beside);
  log_.info("search index was rebuilt", {{"format", format_}, {"documents", count}});
}

// A product that changes meanwhile is put into both indexes under a higher version, so the older document
// that is written here does not replace it.
Task<std::int64_t> IndexRebuild::fill(Call call, SearchIndex& beside) {
  std::int64_t count = 0;
  ProductId after;
  for (;;) {
    auto batch = call_of_batch(call);
    std::vector<ProductVersion> products;
    auto documents = co_await database_.read(batch, "", [&](Tx& tx) {
      products = indexing_.all(tx, after, most_a_batch_);
      return documents_.of(tx, products);
    });
    if (products.empty()) co_return count;
    count += std::ssize(documents);
    after = products.back().product_id;
    co_await beside.put(batch, std::move(documents));
  }
}

// A large index takes longer than a chore's run may: each batch has a deadline of its own.
Call IndexRebuild::call_of_batch(Call call) const {
  call.deadline = clock_.now() + longest_batch;
  return call;
}

}  // namespace bramble::catalog
