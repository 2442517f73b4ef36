#include "services/catalog/catalog_service.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/error.h"
#include "catalog_schema.h"
#include "engines/xapian/xapian_index.h"
#include "services/catalog/indexer.h"
#include "services/catalog/test_cards.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/run.h"
#include "testing/scratch_folder.h"
#include "testing/service/service_database.h"

namespace bramble::catalog {
namespace {

class Catalog : public testing::Test {
 protected:
  Catalog() {
    open_index();
    run_sync(service_->put_categories(
        call_,
        {{{CategoryId("cat_shoes"), "Обувь", {}, {{"en", "Shoes"}}},
          {CategoryId("cat_run"), "Беговая обувь", CategoryId("cat_shoes"), {{"en", "Running shoes"}}}}}));
  }

  // As after a restart of the process.
  void open_index() {
    service_.reset();
    index_.reset();
    index_ = open_xapian_index(index_folder_, database_.clock, {.commit_pause = milliseconds(1)});
    service_ = std::make_unique<CatalogService>(*database_, *index_, database_.clock, 1'000);
    indexer_ = std::make_unique<Indexer>(*database_, *index_, log_);
  }
  void lose_index() {
    service_.reset();
    index_.reset();
    std::filesystem::remove_all(index_folder_);
    open_index();
  }

  std::int64_t put(std::vector<Card> cards) {
    return run_sync(service_->put_cards(call_, {std::move(cards)})).written;
  }
  Card product(const std::string& id) { return run_sync(service_->get_product(call_, {ProductId(id)})); }
  std::vector<SkuInfo> skus(std::vector<SkuId> ids) {
    return run_sync(service_->get_skus(call_, {std::move(ids)})).items;
  }
  SearchReply search(SearchRequest request) { return run_sync(service_->search(call_, std::move(request))); }
  void index() { run_sync(indexer_->run(call_)); }
  void turn(const std::string& sku, bool in_stock, std::int64_t version) {
    run_sync((*database_).transact(call_, sku, [&](Tx& tx) {
      service_->on_stock_turned(tx, {SkuId(sku), in_stock, version});
    }));
  }
  std::vector<std::int64_t> column(const Sql& sql) {
    return run_sync((*database_).read(call_, "", [&](Tx& tx) {
      std::vector<std::int64_t> found;
      for (auto row : tx.query(sql)) found.push_back(row.get<std::int64_t>(0));
      return found;
    }));
  }

  template <class Act>
  Error error_of(Act act) {
    try {
      act();
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return Error(ErrorCode::internal, "", "");
  }

  ServiceDatabase database_{catalog_migrations()};
  ScratchFolder folder_;
  std::string index_folder_ = folder_.path() + "/index";
  QuietLogger log_;
  std::unique_ptr<SearchIndex> index_;
  std::unique_ptr<CatalogService> service_;
  std::unique_ptr<Indexer> indexer_;
  Call call_ = system_call("test", Time{INT64_MAX});
};

TEST_F(Catalog, ACardComesBackAsItWasPut) {
  auto card = test_card(1);
  card.images = {"https://img/1.jpg"};
  card.skus[0].old_price = rub(900'000);
  card.skus[0].weight_g = 300;
  EXPECT_EQ(put({card, test_card(2)}), 2);
  auto stored = product("prd_1");
  EXPECT_EQ(stored.version, 1);
  EXPECT_EQ(stored.skus[0].price_version, 1);
  card.version = stored.version;
  for (auto& sku : card.skus) sku.price_version = 1;
  EXPECT_EQ(stored, card);
  EXPECT_EQ(run_sync(service_->count(call_, {})), (CountReply{2, 4, 2}));
}

TEST_F(Catalog, AnUnknownProductIsNotFoundAndUnknownSkusAreLeftOut) {
  EXPECT_EQ(error_of([&] { product("prd_none"); }).reason, "unknown_product");
  put({test_card(1)});
  auto found = skus({SkuId("sku_1_42"), SkuId("sku_none"), SkuId("sku_1_41")});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].sku_id.text(), "sku_1_42");
  EXPECT_EQ(found[0].title, test_card(1).title);
  EXPECT_EQ(found[0].options, (std::map<std::string, std::string>{{"размер", "42"}}));
  EXPECT_EQ(found[1].sku_id.text(), "sku_1_41");
}

TEST_F(Catalog, ABarcodeFindsItsSkuAndAnUnknownOneNothing) {
  put({test_card(1), test_card(2)});
  auto find = [&](std::string barcode) {
    return run_sync(service_->find_by_barcode(call_, {std::move(barcode)})).sku;
  };
  auto found = find(test_card(2).skus[1].barcode);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->sku_id.text(), "sku_2_42");
  EXPECT_EQ(found->title, test_card(2).title);
  EXPECT_FALSE(find("4600000000000"));
  EXPECT_EQ(error_of([&] { find(""); }).fields.at(0).code, "required");
}

TEST_F(Catalog, APutIsAllOrNothing) {
  auto taken = test_card(2);
  taken.skus[1].barcode = test_card(1).skus[0].barcode;
  auto error = error_of([&] { put({test_card(1), taken}); });
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_EQ(error.reason, "barcode_taken");
  EXPECT_EQ(error.fields.at(0).field, "cards[1].skus[1].barcode");
  EXPECT_EQ(run_sync(service_->count(call_, {})).cards, 0);
  EXPECT_TRUE(column("SELECT seq FROM outbox").empty());
}

TEST_F(Catalog, AnArticleFindsTheSkusOfItsCards) {
  auto other = test_card(2);
  other.seller_id = SellerId("sel_other");
  other.vendor_code = "v-1";
  put({test_card(1), other, test_card(3)});
  auto find = [&](std::string article, std::int64_t limit) {
    std::set<std::string> skus;
    auto found = run_sync(service_->find_by_vendor_code(call_, {std::move(article), limit}));
    for (const auto& sku : found.items) skus.insert(sku.sku_id.text());
    return skus;
  };
  EXPECT_EQ(find("V-3", 100), (std::set<std::string>{"sku_3_41", "sku_3_42"}));
  EXPECT_EQ(find("V-1", 100), (std::set<std::string>{"sku_1_41", "sku_1_42", "sku_2_41", "sku_2_42"}));
  EXPECT_EQ(find("V-1", 1).size(), 1u);
  EXPECT_TRUE(find("V", 100).empty());
  EXPECT_EQ(error_of([&] { find("", 1); }).fields.at(0).code, "required");
}

TEST_F(Catalog, VendorCodesSkusAndCategoriesAreChecked) {
  put({test_card(1)});
  auto code = test_card(2);
  code.vendor_code = "V-1";
  EXPECT_EQ(error_of([&] { put({code}); }).reason, "vendor_code_taken");
  code.seller_id = SellerId("sel_2");
  EXPECT_EQ(put({code}), 1);
  auto sku = test_card(3);
  sku.skus[0].sku_id = SkuId("sku_1_41");
  EXPECT_EQ(error_of([&] { put({sku}); }).reason, "sku_taken");
  auto lost = test_card(4);
  lost.category_id = CategoryId("cat_unknown");
  EXPECT_EQ(error_of([&] { put({lost}); }).fields.at(0).code, "unknown_category");
  auto fewer = test_card(1);
  fewer.skus.pop_back();
  EXPECT_EQ(error_of([&] { put({fewer}); }).fields.at(0).code, "sku_missing");
}

TEST_F(Catalog, APutThatChangesNothingWritesNothing) {
  put({test_card(1), test_card(2)});
  auto changed = test_card(2);
  changed.title = "Кроссовки новые";
  EXPECT_EQ(put({test_card(1), changed}), 1);
  EXPECT_EQ(product("prd_1").version, 1);
  EXPECT_EQ(product("prd_2").version, 2);
  EXPECT_EQ(column("SELECT seq FROM outbox").size(), 3u);
}

TEST_F(Catalog, EveryPriceThereWasIsKept) {
  put({test_card(1)});
  EXPECT_EQ(skus({SkuId("sku_1_41")})[0].price, rub(500'001));
  database_.clock.advance(hours(1));
  auto info = run_sync(service_->set_price(call_, {SkuId("sku_1_41"), rub(400'000), rub(500'001)}));
  EXPECT_EQ(info.price_version, 2);
  EXPECT_EQ(
      run_sync(service_->set_price(call_, {SkuId("sku_1_41"), rub(400'000), rub(500'001)})).price_version, 2);
  EXPECT_EQ(skus({SkuId("sku_1_41")})[0].price, rub(400'000));
  EXPECT_EQ(product("prd_1").skus[0].old_price, rub(500'001));
  EXPECT_EQ(column("SELECT price_minor FROM price WHERE sku_id = 'sku_1_41' ORDER BY version"),
            (std::vector<std::int64_t>{500'001, 400'000}));
  auto since = column("SELECT since FROM price WHERE sku_id = 'sku_1_41' ORDER BY version");
  EXPECT_EQ(since[1] - since[0], hours(1).us);
  EXPECT_EQ(skus({SkuId("sku_1_42")})[0].price_version, 1);
}

TEST_F(Catalog, APriceIsChecked) {
  put({test_card(1)});
  auto set = [&](const char* sku, Money price) {
    run_sync(service_->set_price(call_, {SkuId(sku), price, {}}));
  };
  EXPECT_EQ(error_of([&] { set("sku_1_41", rub(0)); }).fields.at(0).field, "price.amount_minor");
  EXPECT_EQ(error_of([&] { set("sku_1_41", {100, "rub"}); }).fields.at(0).field, "price.currency");
  EXPECT_EQ(error_of([&] { set("sku_none", rub(1)); }).reason, "unknown_sku");
}

TEST_F(Catalog, AWriteIsSeenAtOnceAndAnotherProcessesAfterAWhile) {
  put({test_card(1)});
  EXPECT_EQ(skus({SkuId("sku_1_41")})[0].title, test_card(1).title);
  auto reads = (*database_).stats().reads;
  skus({SkuId("sku_1_41"), SkuId("sku_1_42")});
  product("prd_1");
  EXPECT_EQ((*database_).stats().reads, reads);

  auto changed = test_card(1);
  changed.title = "Здесь";
  put({changed});
  EXPECT_EQ(skus({SkuId("sku_1_41")})[0].title, "Здесь");
  EXPECT_EQ(product("prd_1").title, "Здесь");

  CatalogService other(*database_, *index_, database_.clock, 1'000);
  changed.title = "Там";
  run_sync(other.put_cards(call_, {{changed}}));
  database_.clock.advance(seconds(30));
  EXPECT_EQ(product("prd_1").title, "Там");
}

TEST_F(Catalog, CardsAreFoundWithFacetsAndFreshPrices) {
  auto cheap = test_card(2);
  cheap.brand = "Волга";
  cheap.skus[1].price = rub(100);
  put({test_card(1), cheap});
  index();
  auto reply = search({.q = "беговых кроссовок", .category = {"cat_shoes"}, .sort = "price_asc"});
  ASSERT_EQ(reply.items.size(), 2u);
  EXPECT_EQ(reply.items[0].product_id.text(), "prd_2");
  EXPECT_EQ(reply.items[0].sku_id.text(), "sku_2_42");
  EXPECT_EQ(reply.categories.at(0), (FacetValue{"cat_run", "Беговая обувь", 2}));
  EXPECT_EQ(reply.brands.size(), 2u);
  EXPECT_EQ(reply.price_min, 100);
  EXPECT_EQ(reply.total, 2);
  // The index follows later; what is shown is the card's own price.
  run_sync(service_->set_price(call_, {SkuId("sku_2_42"), rub(50), {}}));
  EXPECT_EQ(search({.q = "кроссовки", .brand = {"Волга"}}).items.at(0).price, rub(50));
  EXPECT_EQ(search({.q = "кросовки"}).corrected_query, "кроссовки");
  EXPECT_EQ(run_sync(service_->suggest(call_, {"кросс", 1})).items, std::vector<std::string>{"кроссовки"});
}

TEST_F(Catalog, AvailabilityFollowsInventoryWhateverTheOrderOfItsNews) {
  turn("sku_1_41", true, 1);
  put({test_card(1)});
  index();
  EXPECT_EQ(search({.in_stock = true}).total, 1);
  turn("sku_1_41", false, 3);
  turn("sku_1_41", true, 2);
  index();
  EXPECT_EQ(search({.in_stock = true}).total, 0);
  EXPECT_EQ(search({}).total, 1);
  turn("sku_1_42", true, 1);
  index();
  EXPECT_EQ(search({.in_stock = true}).total, 1);
}

TEST_F(Catalog, AListingShowsTheCheapestSkuThatFitsAndCanBeBought) {
  auto shoe = test_card(1);
  shoe.skus[0].price = rub(300);
  shoe.skus[1].price = rub(100);
  auto boot = test_card(2);
  boot.skus[0].price = rub(200);
  boot.skus[1].price = rub(900);
  put({shoe, boot});
  index();
  auto shown = [&](SearchRequest request) {
    request.sort = "price_asc";
    std::vector<std::string> skus;
    for (const auto& item : search(request).items) skus.push_back(item.sku_id.text());
    return skus;
  };
  using Skus = std::vector<std::string>;
  // None can be bought: the cheapest.
  EXPECT_EQ(shown({}), (Skus{"sku_1_42", "sku_2_41"}));
  turn("sku_1_41", true, 1);
  turn("sku_2_42", true, 1);
  index();
  EXPECT_EQ(shown({}), (Skus{"sku_1_41", "sku_2_42"}));
  EXPECT_EQ(shown({.in_stock = true}), (Skus{"sku_1_41", "sku_2_42"}));
  EXPECT_EQ(shown({.price_max = 250}), (Skus{"sku_1_42", "sku_2_41"}));
  // A cheap size that is sold out and a dear one that is not make no cheap one that can be bought.
  EXPECT_EQ(shown({.price_max = 250, .in_stock = true}), Skus{});
  EXPECT_EQ(shown({.price_min = 250, .in_stock = true}), (Skus{"sku_1_41", "sku_2_42"}));
  EXPECT_EQ(shown({.price_min = 150, .price_max = 400}), (Skus{"sku_2_41", "sku_1_41"}));
  auto reply = search({.price_min = 150, .price_max = 400});
  EXPECT_EQ(reply.price_min, 200);
  EXPECT_EQ(reply.price_max, 300);
}

TEST_F(Catalog, ABarcodeIsFoundAndIsTakenHoweverItIsWritten) {
  auto card = test_card(1);
  card.skus[0].barcode = "036000291452";
  put({card});
  auto sku_of = [&](const char* barcode) {
    auto found = run_sync(service_->find_by_barcode(call_, {barcode})).sku;
    return found ? found->sku_id.text() : "none";
  };
  for (const char* code : {"036000291452", "0036000291452", "00036000291452",
                           "]d201000360002914522112\x1D"
                           "91A"})
    EXPECT_EQ(sku_of(code), "sku_1_41") << code;
  EXPECT_EQ(sku_of("036000291453"), "none");
  index();
  EXPECT_EQ(search({.q = "0036000291452"}).total, 1);
  // What is on the label stays as it is.
  EXPECT_EQ(run_sync(service_->find_by_barcode(call_, {"00036000291452"})).sku->barcode, "036000291452");
  auto other = test_card(2);
  other.skus[0].barcode = "0036000291452";
  try {
    put({other});
    FAIL() << "two SKUs have one article";
  } catch (const Error& error) {
    EXPECT_EQ(error.reason, "barcode_taken");
  }
}

TEST_F(Catalog, WhatIsChosenOfAFacetHidesNothingOfIt) {
  run_sync(service_->put_categories(call_, {{{CategoryId("cat_toys"), "Игрушки", {}, {}}}}));
  auto volga = test_card(2);
  volga.brand = "Волга";
  auto toy = test_card(3);
  toy.category_id = CategoryId("cat_toys");
  put({test_card(1), volga, toy});
  index();
  auto counts = [](const std::vector<FacetValue>& facet) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& value : facet) counts[value.value] = value.count;
    return counts;
  };
  using Counts = std::map<std::string, std::int64_t>;
  auto reply = search({.brand = {"Волга"}});
  EXPECT_EQ(reply.total, 1);
  EXPECT_EQ(counts(reply.brands), (Counts{{"Nordvik", 2}, {"Волга", 1}}));
  EXPECT_EQ(counts(reply.categories), (Counts{{"cat_run", 1}}));
  reply = search({.category = {"cat_run"}, .brand = {"Nordvik"}});
  EXPECT_EQ(reply.total, 1);
  EXPECT_EQ(counts(reply.brands), (Counts{{"Nordvik", 1}, {"Волга", 1}}));
  EXPECT_EQ(counts(reply.categories), (Counts{{"cat_run", 1}, {"cat_toys", 1}}));
  EXPECT_EQ(search({.brand = {"Nordvik", "Волга"}}).total, 3);
}

// I24: at rest the index has what the catalogue has.
TEST_F(Catalog, ALostIndexIsFilledAgain) {
  put({test_card(1), test_card(2)});
  index();
  lose_index();
  EXPECT_EQ(search({}).total, 0);
  index();
  EXPECT_EQ(search({}).total, 2);
  auto reads = (*database_).stats().units;
  index();
  EXPECT_EQ((*database_).stats().units, reads);
}

TEST_F(Catalog, ARoundIndexesAllThatIsDueBatchAfterBatch) {
  for (int count : {1, 2, 3, 6}) {
    std::vector<Card> cards;
    for (int i = 0; i < count; ++i) cards.push_back(test_card(10 * count + i));
    put(std::move(cards));
    Indexer indexer(*database_, *index_, log_, 2);
    run_sync(indexer.run(call_));
    auto counts = run_sync(service_->count(call_, {}));
    EXPECT_EQ(counts.unindexed, 0) << count;
    EXPECT_EQ(search({}).total, counts.cards) << count;
  }
}

TEST_F(Catalog, ARenamedCategoryIsFoundByItsNewName) {
  put({test_card(1)});
  index();
  EXPECT_EQ(search({.q = "обувь"}).total, 1);
  EXPECT_EQ(search({.q = "сапоги"}).total, 0);
  run_sync(service_->put_categories(call_, {{{CategoryId("cat_shoes"), "Сапоги", {}, {}}}}));
  index();
  EXPECT_EQ(search({.q = "сапоги"}).total, 1);
  EXPECT_EQ(run_sync(service_->categories(call_, {})).items.size(), 2u);
}

TEST_F(Catalog, CategoriesThatAreNoTreeAreRefused) {
  auto error = error_of([&] {
    run_sync(
        service_->put_categories(call_, {{{CategoryId("cat_shoes"), "Обувь", CategoryId("cat_run"), {}}}}));
  });
  EXPECT_EQ(error.fields.at(0).code, "category_cycle");
  EXPECT_FALSE(run_sync(service_->categories(call_, {})).items.at(1).parent_id);
  database_.clock.advance(minutes(1));
  EXPECT_FALSE(run_sync(service_->categories(call_, {})).items.at(1).parent_id);
}

TEST_F(Catalog, EveryReaderGetsItsOwnWords) {
  auto card = bilingual_card(1);
  put({card});
  card = product("prd_1");
  EXPECT_EQ(card.texts, bilingual_card(1).texts);
  // From memory and from the tables alike, and one reader's language never leaks into another's answer.
  for (int round = 0; round < 2; ++round) {
    for (const auto& [language, title, option] : {std::tuple{"en", "Men's running shoes 1", "size"},
                                                  {"ru", "Кроссовки мужские беговые 1", "размер"}}) {
      call_.language = language;
      EXPECT_EQ(product("prd_1").title, title);
      EXPECT_EQ(skus({SkuId("sku_1_41")}).at(0).title, title);
      EXPECT_TRUE(skus({SkuId("sku_1_41")}).at(0).options.contains(option));
    }
    database_.clock.advance(minutes(1));
  }
  call_.language = "en";
  auto categories = run_sync(service_->categories(call_, {})).items;
  EXPECT_EQ(categories.at(1).title, "Shoes");
  EXPECT_TRUE(categories.at(1).titles.empty());
}

TEST_F(Catalog, ASkuIsShownByItsOwnPictureAndElseByTheCards) {
  auto card = test_card(1);
  card.images = {"/red.svg", "/blue.svg"};
  card.skus[1].image = "/blue.svg";
  put({card});
  // From memory, and from the tables.
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(skus({SkuId("sku_1_41")}).at(0).image, "/red.svg");
    EXPECT_EQ(skus({SkuId("sku_1_42")}).at(0).image, "/blue.svg");
    EXPECT_EQ(product("prd_1").skus.at(1).image, "/blue.svg");
    database_.clock.advance(minutes(1));
  }
  card.skus[1].image = "/green.svg";
  EXPECT_EQ(put({card}), 1);
  EXPECT_EQ(skus({SkuId("sku_1_42")}).at(0).image, "/green.svg");
}

TEST_F(Catalog, CategoriesKnowHowManyCardsAreInThemAndBelowAndHowManyForSale) {
  auto high = test_card(3);
  high.category_id = CategoryId("cat_shoes");
  put({test_card(1), test_card(2), high});
  turn("sku_1_41", true, 1);
  turn("sku_3_41", true, 1);
  index();
  using Numbers = std::pair<std::int64_t, std::int64_t>;
  auto numbers = [this] {
    std::map<std::string, Numbers> found;
    for (const auto& item : run_sync(service_->categories(call_, {})).items)
      found[item.category_id.text()] = {item.cards, item.for_sale};
    return found;
  };
  EXPECT_EQ(numbers()["cat_shoes"], (Numbers{3, 2}));
  EXPECT_EQ(numbers()["cat_run"], (Numbers{2, 1}));
  turn("sku_1_41", false, 2);
  index();
  database_.clock.advance(seconds(60));
  EXPECT_EQ(numbers()["cat_shoes"], (Numbers{3, 1}));
  EXPECT_EQ(numbers()["cat_run"], (Numbers{2, 0}));
}

TEST_F(Catalog, CardsAreFoundByTheWordsOfAnyLanguageAndShownInTheReaders) {
  put({bilingual_card(1), test_card(2)});
  index();
  call_.language = "en";
  for (const char* words : {"men running shoe", "кроссовки 1", "black", "light sole"}) {
    auto reply = search({.q = words});
    ASSERT_GE(reply.items.size(), 1u) << words;
    EXPECT_EQ(reply.items[0].title, "Men's running shoes 1");
    EXPECT_EQ(reply.categories.at(0).title, "Running shoes");
  }
  EXPECT_EQ(search({.q = "2"}).items.at(0).title, "Кроссовки мужские беговые 2");
  call_.language = "ru";
  EXPECT_EQ(search({.q = "shoes 1"}).items.at(0).title, "Кроссовки мужские беговые 1");
  EXPECT_EQ(search({.q = "shoes 1"}).categories.at(0).title, "Беговая обувь");
}

TEST_F(Catalog, ATranslationAloneMakesANewVersion) {
  put({bilingual_card(1)});
  auto changed = bilingual_card(1);
  changed.texts[0].words["чёрный"] = "jet black";
  EXPECT_EQ(put({changed}), 1);
  EXPECT_EQ(put({changed}), 0);
  EXPECT_EQ(product("prd_1").version, 2);
  run_sync(service_->put_categories(call_, {{{CategoryId("cat_shoes"), "Обувь", {}, {{"en", "Footwear"}}}}}));
  index();
  call_.language = "en";
  EXPECT_EQ(search({.q = "footwear"}).total, 1);
  EXPECT_EQ(run_sync(service_->suggest(call_, {"foot", 5})).items, std::vector<std::string>{"footwear"});
}

}  // namespace
}  // namespace bramble::catalog
