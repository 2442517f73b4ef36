#include "app/import/card_writer.h"

#include <charconv>

#include "base/error.h"

namespace bramble::importing {
namespace {

constexpr std::size_t cards_a_put = 250;
constexpr std::string_view card_prefix = "cards[";

// "cards[17].skus[0].barcode" → 17; nothing for what names no card.
std::optional<std::size_t> card_of(const std::string& field) {
  if (!field.starts_with(card_prefix)) return std::nullopt;
  std::size_t number = 0;
  const auto* begin = field.data() + card_prefix.size();
  auto [end, failure] = std::from_chars(begin, field.data() + field.size(), number);
  if (failure != std::errc() || !std::string_view(end).starts_with("].")) return std::nullopt;
  return number;
}

// What a refusal says of one row: its card goes without the barcode if that is all that is wrong, or not at
// all.
void tell(ChunkRow& row, const FieldError& wrong) {
  auto field = wrong.field.substr(wrong.field.find("].") + 2);
  if (wrong.code == "barcode_taken") {
    row.card->skus.front().barcode.clear();
    note(row.problems, "barcode", wrong.code, wrong.detail);
  } else {
    skip(row.problems, field, wrong.code, wrong.detail);
    row.card.reset();
  }
}

}  // namespace

Task<void> CardWriter::put(Chunk& chunk) {
  if (!chunk.categories.empty()) co_await catalog_.put_categories(call_, {std::move(chunk.categories)});
  std::vector<Task<void>> puts;
  Rows batch;
  for (auto& row : chunk.rows) {
    if (!row.card) continue;
    batch.push_back(&row);
    if (batch.size() == cards_a_put) puts.push_back(put_batch(chunk, std::exchange(batch, {})));
  }
  if (!batch.empty()) puts.push_back(put_batch(chunk, std::move(batch)));
  co_await all(std::move(puts));
  for (auto& row : chunk.rows) {
    if (!row.card) continue;
    chunk.skus.push_back(std::move(row.card->skus.front().sku_id));
    row.card.reset();
  }
}

// Each refusal names something that the next try is without, so the tries come to an end.
Task<void> CardWriter::put_batch(Chunk& chunk, Rows rows) {
  while (!rows.empty()) {
    catalog::PutCardsRequest request;
    request.cards.reserve(rows.size());
    for (const auto* row : rows) request.cards.push_back(*row->card);
    std::optional<Error> refusal;
    try {
      chunk.written += (co_await catalog_.put_cards(call_, std::move(request))).written;
    } catch (const Error& failure) {
      refusal = failure;
    }
    if (!refusal) co_return;
    auto named = refusal->fields.empty() ? std::nullopt : card_of(refusal->fields.front().field);
    if (!named || *named >= rows.size()) throw *refusal;
    tell(*rows[*named], refusal->fields.front());
    std::erase_if(rows, [](const auto* row) { return !row->card; });
  }
}

}  // namespace bramble::importing
