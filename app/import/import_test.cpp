// The import from file to store: with the real services on SQLite and Xapian.
#include "app/import/import.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "app/import/durable_file.h"
#include "app/import/import_stand.h"
#include "app/import/product_file.h"

namespace bramble::importing {
namespace {

namespace fs = std::filesystem;

constexpr int many = 2'500;  // rows: some chunks

// Rows of all kinds: with and without problems, with equal ids and barcodes, in several currencies.
std::vector<std::string> many_rows() {
  std::vector<std::string> lines;
  for (int i = 0; i < many; ++i) {
    if (i % 97 == 0) lines.push_back(row(i, R"("price_minor":null)"));
    else if (i % 101 == 0) lines.emplace_back("{not json");
    else if (i % 103 == 0) lines.push_back(row(i - 50, R"("brand":"again")"));
    else if (i % 11 == 0) lines.push_back(row(i, R"("barcode":"4600000000015","currency":"USD")"));
    else if (i % 13 == 0)
      lines.push_back(row(i, R"("attributes":{"a":1,"b":true},"made_in":"Тверь","lang":"ru")"));
    else if (i % 17 == 0) lines.emplace_back("");
    else lines.push_back(row(i));
  }
  return lines;
}

ImportOptions with_stock(ImportOptions options, std::int64_t stock = 5) {
  options.stock = stock;
  options.sites = {SiteId("site_moscow"), SiteId("site_tver")};
  return options;
}

struct CutOff : std::runtime_error {
  CutOff() : std::runtime_error("cut off") {}
};

TEST(Import, CardsAreFoundBySearchAndByTheirIds) {
  Shop shop;
  auto full = row(1, R"("brand":"Заря","lang":"ru","rating":4.5,"reviews_count":3,"description":"Описание")"
                     R"(,"attributes":{"Цвет":"синий"},"made_in":"Тверь")");
  auto options = shop.of_lines({full, R"({"id":2,"title":"Чайник «Утро»","price_minor":10002})"});
  auto standing = shop.import(options);
  EXPECT_EQ(standing.counts, (ImportCounts{.rows = 2, .cards = 2, .written = 2}));
  EXPECT_EQ(standing.categories, 3u);
  auto found = shop.search("чайник");
  ASSERT_EQ(found.items.size(), 1u);
  EXPECT_EQ(found.items[0].title, "Чайник «Утро»");
  EXPECT_EQ(found.items[0].price, rub(10'002));
  auto first = shop.search("номер1").items.at(0);
  auto card = shop.run(shop.catalog().get_product(shop.call(), {first.product_id}));
  EXPECT_EQ(card.brand, "Заря");
  EXPECT_EQ(card.language, "ru");
  EXPECT_EQ(card.rating, 4.5);
  EXPECT_EQ(card.description, "Описание");
  EXPECT_EQ(card.attributes, (std::vector<catalog::Attribute>{{"Цвет", "синий"}, {"made_in", "Тверь"}}));
  EXPECT_TRUE(card.images.empty());
  EXPECT_EQ(shop.errors_of(options), "");
}

TEST(Import, ASecondImportOfTheSameFileChangesNothing) {
  Shop once;
  Shop twice;
  once.import(with_stock(once.of_lines(many_rows())));
  auto options = with_stock(twice.of_lines(many_rows()));
  auto first = twice.import(options);
  auto errors = twice.errors_of(options);
  forget_progress(options.progress_path);
  auto second = twice.import(options);
  EXPECT_EQ(first.counts.written, first.counts.cards);
  EXPECT_EQ(second.counts.written, 0);
  EXPECT_EQ(second.counts.cards, first.counts.cards);
  EXPECT_EQ(second.resumed_rows, 0);
  EXPECT_EQ(twice.errors_of(options), errors);
  EXPECT_EQ(once.dump(), twice.dump());
}

TEST(Import, ARunThatWasCutOffGoesOnToTheSameEnd) {
  Shop whole;
  auto whole_options = with_stock(whole.of_lines(many_rows()));
  auto wanted = whole.import(whole_options);
  Shop cut;
  auto options = with_stock(cut.of_lines(many_rows()));
  // Each try gets one chunk further.
  int tries = 0;
  for (bool done = false; !done; ++tries) {
    ASSERT_LT(tries, 20);
    try {
      auto standing = cut.import(options, [](const auto&) { throw CutOff(); });
      // What a run did and did not live to count, the next one finds unchanged.
      EXPECT_LE(standing.counts.written, wanted.counts.written);
      standing.counts.written = wanted.counts.written;
      EXPECT_EQ(standing.counts, wanted.counts);
      EXPECT_EQ(standing.resumed_rows, wanted.counts.rows);
      done = true;
    } catch (const CutOff&) {
    }
  }
  EXPECT_GT(tries, 3);
  EXPECT_EQ(cut.errors_of(options), whole.errors_of(whole_options));
  EXPECT_EQ(cut.dump(), whole.dump());
}

TEST(Import, WhatWasDoneButNotCountedIsDoneAgainWithoutHarm) {
  Shop whole;
  auto whole_options = with_stock(whole.of_lines(many_rows()));
  whole.import(whole_options);
  Shop cut;
  auto options = with_stock(cut.of_lines(many_rows()));
  // As if the process had died just before it could keep its progress: an older one is put in its place.
  std::string kept;
  EXPECT_THROW(cut.import(options,
                          [&](const ImportStanding& standing) {
                            if (kept.empty()) kept = read_whole_file(options.progress_path);
                            if (standing.counts.rows > many / 2) throw CutOff();
                          }),
               CutOff);
  replace_file(options.progress_path, kept);
  EXPECT_GT(cut.import(options).resumed_rows, 0);
  EXPECT_EQ(cut.errors_of(options), whole.errors_of(whole_options));
  EXPECT_EQ(cut.dump(), whole.dump());
}

TEST(Import, AnotherFileOrOtherOptionsBeginAtTheBeginning) {
  Shop shop;
  auto options = shop.of_lines(many_rows());
  auto cut_off = [&] { EXPECT_THROW(shop.import(options, [](const auto&) { throw CutOff(); }), CutOff); };
  cut_off();
  auto changed = many_rows();
  changed[5] = row(5, R"("brand":"new")");
  auto standing = shop.import(shop.of_lines(changed));
  EXPECT_EQ(standing.resumed_rows, 0);
  EXPECT_LT(standing.counts.written, standing.counts.cards);
  EXPECT_EQ(shop.search("new").items.size(), 1u);
  forget_progress(options.progress_path);
  cut_off();
  options.mapping.default_price_minor = 100;
  EXPECT_EQ(shop.import(options).resumed_rows, 0);
}

TEST(Import, AProgressThatTheStoresDoNotHaveIsNotBelieved) {
  Shop first;
  auto options = first.of_lines(many_rows());
  first.import(options);
  Shop restored;
  auto standing = restored.import(options);
  EXPECT_EQ(standing.resumed_rows, 0);
  EXPECT_EQ(standing.counts.written, standing.counts.cards);
}

TEST(Import, ProblemsAreListedWithTheirLines) {
  Shop shop;
  auto options = shop.of_lines({"{", row(1, R"("price_minor":null)"), row(2, R"("rating":7)"), "",
                                std::string((1 << 20) + 1, ' '), row(3)});
  auto standing = shop.import(options);
  EXPECT_EQ(standing.counts, (ImportCounts{.rows = 5, .cards = 2, .written = 2, .skipped = 3, .noted = 1}));
  auto errors = shop.errors_of(options);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < errors.size(); at = errors.find('\n', at) + 1)
    lines.push_back(errors.substr(at, errors.find('\n', at) - at));
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_NE(lines[0].find(R"({"line":1,"source":"","id":"","field":"","code":"malformed_json")"),
            std::string::npos);
  EXPECT_EQ(lines[1], R"({"line":2,"source":"shop","id":"1","field":"price_minor","code":"required",)"
                      R"("detail":"has no price, and no --default-price is given","skipped":true})");
  EXPECT_NE(lines[2].find(R"("line":3,"source":"shop","id":"2","field":"rating","code":"out_of_range")"),
            std::string::npos);
  EXPECT_NE(lines[2].find(R"("skipped":false)"), std::string::npos);
  EXPECT_NE(lines[3].find(R"("line":5)"), std::string::npos);
}

TEST(Import, WhatTheCatalogueRefusesLeavesTheOthersAlone) {
  Shop shop;
  // Somebody has a barcode and a vendor code that rows of the file want.
  auto taken = [&](const std::string& id, const std::string& seller, const std::string& code,
                   const std::string& barcode) {
    catalog::Card card;
    card.product_id = ProductId("prd_" + id);
    card.seller_id = SellerId(seller);
    card.vendor_code = code;
    card.title = "Earlier";
    card.category_id = CategoryId("cat_earlier");
    card.skus.push_back({.sku_id = SkuId("sku_" + id), .price = rub(100), .barcode = barcode});
    shop.run(shop.catalog().put_cards(shop.call(), {{card}}));
  };
  shop.run(shop.catalog().put_categories(shop.call(),
                                         {{{CategoryId("cat_earlier"), "Earlier", std::nullopt, {}}}}));
  taken("a", "sel_other", "a", "4600000000015");
  taken("b", "sel_shop", "2", "");
  auto options = shop.of_lines({row(1, R"("barcode":"4600000000015")"), row(2), row(3)});
  auto standing = shop.import(options);
  EXPECT_EQ(standing.counts, (ImportCounts{.rows = 3, .cards = 2, .written = 2, .skipped = 1, .noted = 1}));
  auto errors = shop.errors_of(options);
  EXPECT_NE(errors.find("barcode_taken"), std::string::npos);
  EXPECT_NE(errors.find("vendor_code_taken"), std::string::npos);
  EXPECT_EQ(shop.run(shop.catalog().count(shop.call(), {})).cards, 4);
}

TEST(Import, StockIsReceivedOnceAndCanBeSold) {
  Shop shop;
  auto in_stock = [&] {
    catalog::SearchRequest request;
    request.in_stock = true;
    return shop.run(shop.catalog().search(shop.call(), request)).total;
  };
  shop.import(shop.of_lines({row(1), row(2)}));
  EXPECT_EQ(in_stock(), 0);
  auto standing = shop.import(with_stock(shop.of_lines({row(1), row(2)}, "again.jsonl"), 7));
  EXPECT_EQ(standing.counts.written, 0);
  EXPECT_EQ(standing.counts.units, 28);
  EXPECT_EQ(in_stock(), 2);
  // A longer file brings stock of what is new in it, and no more of the others.
  shop.import(with_stock(shop.of_lines({row(3), row(1), row(2)}, "longer.jsonl"), 7));
  EXPECT_EQ(in_stock(), 3);
  warehouse::ListStockRequest request;
  request.page = 1;
  request.limit = 100;
  auto stock = shop.run(shop.warehouse().list_stock(shop.call(), request)).items;
  EXPECT_EQ(stock.size(), 6u);
  for (const auto& bin : stock) EXPECT_EQ(bin.on_hand, 7);
}

// The real file is not part of the project; where it lies beside it, every row of it must have a fate.
TEST(Import, EveryRowOfTheRealDataIsACardOrHasAReason) {
  const char* named = std::getenv("BRAMBLE_SHARED_DATA");
  auto folder = named != nullptr ? fs::path(named) : fs::path(BRAMBLE_SOURCES) / "../shared/data";
  auto path = folder / "products.jsonl.zst";
  if (!fs::exists(path)) GTEST_SKIP() << "no real data at " << path;
  MappingOptions options;
  options.default_price_minor = 1'000'00;
  options.ten_point_sources = {"labirint:svstepanov2"};
  ProductFile file(path.string(), options);
  std::size_t cards = 0;
  std::map<std::string, std::size_t> problems;
  for (auto chunk = file.next_chunk(2'000); !chunk.rows.empty(); chunk = file.next_chunk(2'000)) {
    for (auto& row : chunk.rows) {
      EXPECT_EQ(row.card.has_value(), !is_skipped(row.problems));
      for (const auto& problem : row.problems) ++problems[problem.code];
      if (row.card) ++cards;
    }
  }
  EXPECT_GT(cards, 65'000u);
  EXPECT_EQ(problems["repeated"] + cards, 65'699u);
  EXPECT_LT(file.categories(), 1'000u);
}

}  // namespace
}  // namespace bramble::importing
