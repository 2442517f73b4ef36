#include "services/catalog/catalog_service.h"

#include "base/error.h"
#include "services/catalog/card_rules.h"
#include "services/catalog/reader_language.h"
#include "services/catalog/search_mapping.h"

namespace bramble::catalog {
namespace {

constexpr Duration fresh_for = seconds(30);
constexpr Duration counted_for = seconds(60);
constexpr std::size_t most_counted = 100'000;  // categories
constexpr std::size_t most_skus = 1'000;
constexpr std::int64_t usual_suggestions = 10;
constexpr std::int64_t most_suggestions = 25;

void refuse(std::vector<FieldError> wrong) {
  if (wrong.empty()) return;
  auto message = wrong.front().field + ": " + wrong.front().detail;
  throw Error(ErrorCode::invalid, "invalid_input", std::move(message), std::move(wrong));
}

// Orders and warehouses go on naming a SKU after its seller has forgotten it.
void must_keep_skus(const Card& put, const Card& earlier, const std::string& where) {
  for (const auto& sku : earlier.skus) {
    if (find_sku(put, sku.sku_id)) continue;
    throw_invalid(where + "skus", "sku_missing",
                  "SKU " + sku.sku_id.text() + " of the card cannot be removed");
  }
}

}  // namespace

CatalogService::CatalogService(Database& database, SearchIndex& index, const Clock& clock,
                               std::size_t cached_cards)
    : database_(database), index_(index), clock_(clock), cache_(cached_cards, fresh_for) {}

Task<PutCardsReply> CatalogService::put_cards(Call call, PutCardsRequest request) {
  refuse(wrong_fields(request));
  if (request.cards.empty()) co_return PutCardsReply{};
  auto written = co_await database_.transact(call, request.cards.front().product_id.text(), [&](Tx& tx) {
    std::vector<CardPtr> written;
    for (std::size_t i = 0; i < request.cards.size(); ++i) {
      auto card = put_card(tx, request.cards[i], "cards[" + std::to_string(i) + "].");
      if (card) written.push_back(std::make_shared<const Card>(std::move(*card)));
    }
    return written;
  });
  for (auto& card : written) cache_.written(card, clock_.now());
  co_return PutCardsReply{static_cast<std::int64_t>(written.size())};
}

// The card as it was stored; nothing if it was so already.
std::optional<Card> CatalogService::put_card(Tx& tx, const Card& card, const std::string& where) {
  auto earlier = cards_.find(tx, card.product_id);
  const auto* before = earlier ? &*earlier : nullptr;
  if (before) must_keep_skus(card, *before, where);
  auto next = next_version(card, before, tx.now());
  if (!next) return std::nullopt;
  bool is_moved = !before || before->category_id != card.category_id;
  if (is_moved && !category_store_.has(tx, card.category_id)) {
    throw_invalid(where + "category_id", "unknown_category", "there is no such category");
  }
  cards_.write(tx, *next, before, where);
  changed(tx, card.product_id);
  return next;
}

void CatalogService::changed(Tx& tx, const ProductId& product) {
  tx.publish(CardChanged{product, indexing_.mark(tx, product)});
}

Task<Empty> CatalogService::put_categories(Call call, PutCategoriesRequest request) {
  refuse(wrong_fields(request));
  if (request.items.empty()) co_return Empty{};
  auto tree = co_await database_.transact(call, request.items.front().category_id.text(), [&](Tx& tx) {
    std::vector<CategoryId> changed;
    for (const auto& item : request.items) {
      if (category_store_.put(tx, item)) changed.push_back(item.category_id);
    }
    // Reading the whole tree proves that it is one. Cards are found by the titles of all categories above
    // them.
    auto tree = category_store_.tree(tx);
    for (const auto& id : changed) {
      for (const auto& below : tree.with_descendants(id.text()))
        indexing_.mark_category(tx, CategoryId(below));
    }
    return std::make_shared<const CategoryTree>(std::move(tree));
  });
  tree_ = tree;
  tree_read_at_ = clock_.now();
  co_return Empty{};
}

Task<CatalogService::Tree> CatalogService::tree(Call call) {
  auto now = clock_.now();
  if (tree_ && now >= tree_read_at_ && now - tree_read_at_ < fresh_for) co_return tree_;
  tree_ = co_await database_.read(call, "", [&](Tx& tx) {
    return std::make_shared<const CategoryTree>(category_store_.tree(tx));
  });
  tree_read_at_ = now;
  co_return tree_;
}

// The index knows how many cards each category has of its own.
Task<CatalogService::Numbers> CatalogService::numbers(Call call, bool for_sale) {
  SearchQuery query{.limit = 0, .count_terms = {"category"}, .most_counts = most_counted};
  if (for_sale) query.numbers["in_stock"].min = 1;
  auto result = co_await index_.search(call, std::move(query));
  Numbers numbers;
  for (const auto& [id, count] : result.counts["category"]) numbers[id] = count;
  co_return numbers;
}

Task<CategoriesReply> CatalogService::categories(Call call, CategoriesRequest) {
  auto known = co_await tree(call);
  auto now = clock_.now();
  if (!counts_ || now < counted_at_ || now - counted_at_ >= counted_for) {
    auto cards = co_await numbers(call, false);
    auto for_sale = co_await numbers(call, true);
    counts_ = std::make_shared<const Counts>(Counts{known->sums(cards), known->sums(for_sale)});
    counted_at_ = now;
  }
  auto number = [](const Numbers& numbers, const Category& category) {
    auto found = numbers.find(category.category_id.text());
    return found == numbers.end() ? 0 : found->second;
  };
  CategoriesReply reply;
  reply.items.reserve(known->items().size());
  for (const auto& item : known->items()) {
    auto& told = reply.items.emplace_back(category_in(item, call.language));
    told.cards = number(counts_->cards, item);
    told.for_sale = number(counts_->for_sale, item);
  }
  co_return reply;
}

Task<Card> CatalogService::get_product(Call call, GetProductRequest request) {
  auto card = cache_.find(request.product_id, clock_.now());
  if (!card) {
    std::vector<ProductId> wanted{request.product_id};
    card = (co_await cards_of(call, std::move(wanted))).front();
  }
  if (!card) throw Error(ErrorCode::not_found, "unknown_product", "there is no such product");
  co_return card_in(*card, call.language);
}

Task<std::vector<CardPtr>> CatalogService::cards_of(Call call, std::vector<ProductId> products) {
  std::vector<CardPtr> found;
  found.reserve(products.size());
  std::vector<std::size_t> missing;
  auto now = clock_.now();
  for (const auto& product : products) {
    auto card = cache_.find(product, now);
    if (!card) missing.push_back(found.size());
    found.push_back(std::move(card));
  }
  if (missing.empty()) co_return found;
  auto read = co_await database_.read(call, products.front().text(), [&](Tx& tx) {
    std::vector<CardPtr> read;
    for (auto at : missing) {
      auto card = cards_.find(tx, products[at]);
      read.push_back(card ? std::make_shared<const Card>(std::move(*card)) : nullptr);
    }
    return read;
  });
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (read[i]) cache_.loaded(read[i], now);
    found[missing[i]] = std::move(read[i]);
  }
  co_return found;
}

Task<GetSkusReply> CatalogService::get_skus(Call call, GetSkusRequest request) {
  if (request.sku_ids.size() > most_skus)
    throw_invalid("sku_ids", "too_many", "at most " + std::to_string(most_skus));
  std::vector<CardPtr> found;
  found.reserve(request.sku_ids.size());
  std::vector<std::size_t> missing;
  auto now = clock_.now();
  for (const auto& sku : request.sku_ids) {
    auto card = cache_.find(sku, now);
    if (!card) missing.push_back(found.size());
    found.push_back(std::move(card));
  }
  if (!missing.empty()) {
    auto read = co_await database_.read(call, request.sku_ids[missing.front()].text(), [&](Tx& tx) {
      std::vector<CardPtr> read;
      for (auto at : missing) {
        // Those who ask for many SKUs ask for several of a card, one after the other.
        bool is_same = !read.empty() && read.back() && find_sku(*read.back(), request.sku_ids[at]);
        auto product = is_same ? std::nullopt : cards_.product_of(tx, request.sku_ids[at]);
        if (is_same) read.push_back(read.back());
        else read.push_back(product ? std::make_shared<const Card>(*cards_.find(tx, *product)) : nullptr);
      }
      return read;
    });
    for (std::size_t i = 0; i < missing.size(); ++i) {
      if (read[i]) cache_.loaded(read[i], now);
      found[missing[i]] = std::move(read[i]);
    }
  }
  GetSkusReply reply;
  reply.items.reserve(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto* sku = found[i] ? find_sku(*found[i], request.sku_ids[i]) : nullptr;
    if (sku) reply.items.push_back(info_in(*found[i], *sku, call.language));
  }
  co_return reply;
}

Task<FindByBarcodeReply> CatalogService::find_by_barcode(Call call, FindByBarcodeRequest request) {
  if (request.barcode.empty()) throw_invalid("barcode", "required", "is required");
  auto sku =
      co_await database_.read(call, "", [&](Tx& tx) { return cards_.sku_with_barcode(tx, request.barcode); });
  if (!sku) co_return FindByBarcodeReply{};
  auto found = co_await get_skus(std::move(call), {{*sku}});
  if (found.items.empty()) co_return FindByBarcodeReply{};
  co_return FindByBarcodeReply{std::move(found.items.front())};
}

Task<GetSkusReply> CatalogService::find_by_vendor_code(Call call, FindByVendorCodeRequest request) {
  if (request.vendor_code.empty()) throw_invalid("vendor_code", "required", "is required");
  auto skus = co_await database_.read(call, "", [&](Tx& tx) {
    return cards_.skus_with_vendor_code(tx, request.vendor_code, request.limit);
  });
  co_return co_await get_skus(std::move(call), {std::move(skus)});
}

// Safe to repeat: the price that a SKU has already makes no new version.
Task<SkuInfo> CatalogService::set_price(Call call, SetPriceRequest request) {
  refuse(wrong_fields(request.price, request.old_price, ""));
  auto card = co_await database_.transact(call, request.sku_id.text(), [&](Tx& tx) {
    auto product = cards_.product_of(tx, request.sku_id);
    if (!product) throw Error(ErrorCode::not_found, "unknown_sku", "there is no such SKU");
    auto earlier = *cards_.find(tx, *product);
    auto put = earlier;
    for (auto& sku : put.skus) {
      if (sku.sku_id != request.sku_id) continue;
      sku.price = request.price;
      sku.old_price = request.old_price;
    }
    auto next = next_version(std::move(put), &earlier, tx.now());
    if (!next) return std::make_shared<const Card>(std::move(earlier));
    cards_.write(tx, *next, &earlier, "");
    changed(tx, *product);
    return std::make_shared<const Card>(std::move(*next));
  });
  cache_.written(card, clock_.now());
  co_return info_in(*card, *find_sku(*card, request.sku_id), call.language);
}

Task<SearchReply> CatalogService::search(Call call, SearchRequest request) {
  auto categories = co_await tree(call);
  auto query = query_of(request, *categories);
  auto result = co_await find(call, std::move(query));
  std::vector<ProductId> products;
  products.reserve(result.ids.size());
  for (const auto& id : result.ids) products.emplace_back(id);
  auto cards = co_await cards_of(call, std::move(products));
  co_return reply_of(result, cards, *categories, call.language);
}

// The facets that something is chosen of are counted by searches of their own, beside that for the hits.
Task<SearchResult> CatalogService::find(Call call, SearchQuery query) {
  std::vector<std::string> facets;
  std::vector<std::optional<SearchResult>> results(query.count_terms.size() + 1);
  std::vector<Task<void>> work;
  for (const auto& facet : query.count_terms) {
    auto wider = facet_query(query, facet);
    if (!wider) continue;
    facets.push_back(facet);
    work.push_back(into(results[facets.size()], index_.search(call, std::move(*wider))));
  }
  if (work.empty()) co_return co_await index_.search(call, std::move(query));
  work.push_back(into(results[0], index_.search(call, std::move(query))));
  co_await all(std::move(work));
  for (std::size_t i = 0; i < facets.size(); ++i)
    widen_facet(results[0]->counts[facets[i]], std::move(results[i + 1]->counts[facets[i]]));
  co_return std::move(*results[0]);
}

Task<SuggestReply> CatalogService::suggest(Call call, SuggestRequest request) {
  auto limit = request.limit == 0 ? usual_suggestions : request.limit;
  if (limit < 1 || limit > most_suggestions) {
    throw_invalid("limit", "out_of_range", "1 to " + std::to_string(most_suggestions));
  }
  co_return SuggestReply{
      co_await index_.suggest(call, std::move(request.q), static_cast<std::size_t>(limit))};
}

Task<CountReply> CatalogService::count(Call call, CountRequest) {
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    auto counts = cards_.count(tx);
    counts.unindexed = indexing_.due_count(tx);
    return counts;
  });
}

// Version guarded: news that comes late or twice changes nothing.
void CatalogService::on_stock_turned(Tx& tx, const inventory::StockTurned& event) {
  if (!cards_.turn(tx, event.sku_id, event.in_stock, event.version)) return;
  if (auto product = cards_.product_of(tx, event.sku_id)) changed(tx, *product);
}

}  // namespace bramble::catalog
