// Any bytes as a line of a products file: whatever is taken of it, the catalogue takes as well.
#include "app/import/card_mapper.h"
#include "services/catalog/card_rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  using namespace bramble::importing;
  MappingOptions options;
  options.default_price_minor = 100;
  CardMapper mapper(options);
  RowProblems problems;
  auto row = read_row({reinterpret_cast<const char*>(data), size}, problems);
  auto card = mapper.map(std::move(row), problems);
  if (card.has_value() == is_skipped(problems)) __builtin_trap();
  if (!card) return 0;
  if (!SellerId::parse(card->seller_id.text())) __builtin_trap();
  catalog::PutCardsRequest request;
  request.cards.push_back(std::move(*card));
  if (!catalog::wrong_fields(request).empty()) __builtin_trap();
  return 0;
}
