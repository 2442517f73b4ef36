// What every engine of the search index port promises, as tests. An engine's test includes this once and
// instantiates SearchContract with a maker of its worlds.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "base/error.h"
#include "ports/search.h"
#include "testing/run.h"

namespace bramble {

class SearchWorld {
 public:
  virtual ~SearchWorld() = default;
  virtual SearchIndex& index() = 0;
  virtual void reopen() = 0;   // as after a restart of the process
  virtual void refresh() = 0;  // returns when what was put is found
};

class SearchContract : public testing::TestWithParam<std::function<std::unique_ptr<SearchWorld>()>> {
 protected:
  void put(std::vector<SearchDocument> documents) {
    run_sync(world_->index().put(call_, std::move(documents)));
    world_->refresh();
  }
  SearchResult search(SearchQuery query) { return run_sync(world_->index().search(call_, std::move(query))); }
  std::vector<std::string> find(std::string text) {
    SearchQuery query;
    query.text = std::move(text);
    return search(std::move(query)).ids;
  }
  std::vector<std::string> suggest(std::string prefix, std::size_t limit = 10) {
    return run_sync(world_->index().suggest(call_, std::move(prefix), limit));
  }
  std::int64_t size() { return run_sync(world_->index().size(call_)); }

  static SearchDocument titled(std::string id, std::string title, std::int64_t version = 1) {
    return {.id = std::move(id), .version = version, .texts = {{std::move(title), 10}}};
  }
  static SearchDocument shoe(std::string id, std::string brand, std::string category, double price) {
    auto document = titled(std::move(id), "Кроссовки " + brand);
    document.terms = {{"brand", brand}, {"category", std::move(category)}};
    document.numbers = {{"price", price}};
    return document;
  }
  void put_shoes() {
    put({shoe("a", "Nord", "cat_run", 300), shoe("b", "Nord", "cat_walk", 100),
         shoe("c", "Volga", "cat_run", 200), shoe("d", "Ural", "cat_run", 400)});
  }

  std::unique_ptr<SearchWorld> world_ = GetParam()();
  Call call_ = system_call("test", Time{INT64_MAX});
};

using Ids = std::vector<std::string>;

TEST_P(SearchContract, AnEmptyIndexFindsNothing) {
  EXPECT_EQ(search({}).total, 0);
  EXPECT_TRUE(find("кроссовки").empty());
  EXPECT_TRUE(suggest("кро").empty());
  EXPECT_EQ(size(), 0);
}

TEST_P(SearchContract, WordsAreFoundInAnyForm) {
  put({titled("ru", "Кроссовки мужские беговые"), titled("en", "Running shoes"),
       titled("yo", "Ёлка новогодняя")});
  EXPECT_EQ(find("беговых кроссовок"), Ids{"ru"});
  EXPECT_EQ(find("SHOE"), Ids{"en"});
  put({titled("whose", "Women's hat")});
  for (const char* asked : {"women's hat", "womens hats", "women’s hat", "women hat"})
    EXPECT_EQ(find(asked), Ids{"whose"}) << asked;
  EXPECT_EQ(find("елки"), Ids{"yo"});
  EXPECT_TRUE(find("кроссовки новогодние").empty());
}

TEST_P(SearchContract, AWeightyTextOutranksALightOne) {
  put({{.id = "light", .version = 1, .texts = {{"Чайник", 10}, {"подойдёт к любой кружке", 1}}},
       {.id = "weighty", .version = 1, .texts = {{"Кружка", 10}, {"из фарфора", 1}}}});
  EXPECT_EQ(find("кружка"), (Ids{"weighty", "light"}));
}

TEST_P(SearchContract, ALowerOrEqualVersionChangesNothing) {
  put({titled("a", "чашка", 5)});
  put({titled("a", "ложка", 5), titled("a", "вилка", 4)});
  EXPECT_EQ(find("чашка"), Ids{"a"});
  put({titled("a", "ложка", 6)});
  EXPECT_TRUE(find("чашка").empty());
  EXPECT_EQ(find("ложка"), Ids{"a"});
  EXPECT_EQ(size(), 1);
}

TEST_P(SearchContract, ADeletedDocumentStaysDeletedForOlderPuts) {
  put({titled("a", "чашка", 1)});
  put({{.id = "a", .version = 3, .deleted = true}});
  EXPECT_EQ(size(), 0);
  EXPECT_EQ(search({}).total, 0);
  put({titled("a", "чашка", 2)});
  EXPECT_TRUE(find("чашка").empty());
  put({titled("a", "чашка", 4)});
  EXPECT_EQ(find("чашка"), Ids{"a"});
}

TEST_P(SearchContract, TermsFilterByAnyOfTheValuesAndAllOfTheKeys) {
  put_shoes();
  SearchQuery query{.terms = {{"brand", {"Nord", "Ural"}}, {"category", {"cat_run"}}}, .sort_by = "price"};
  EXPECT_EQ(search(query).ids, (Ids{"a", "d"}));
  query.text = "кроссовки";
  EXPECT_EQ(search(query).ids, (Ids{"a", "d"}));
  query.terms["brand"] = {"nobody"};
  EXPECT_EQ(search(query).total, 0);
}

TEST_P(SearchContract, NumbersFilterByRangeAndSort) {
  put_shoes();
  SearchQuery query{.numbers = {{"price", {200, 300}}}, .sort_by = "price"};
  EXPECT_EQ(search(query).ids, (Ids{"c", "a"}));
  query.numbers = {{"price", {{}, 200}}};
  EXPECT_EQ(search(query).ids, (Ids{"b", "c"}));
  query.numbers = {{"price", {300, {}}}};
  query.descending = true;
  EXPECT_EQ(search(query).ids, (Ids{"d", "a"}));
  query.numbers = {{"unknown", {1, 2}}};
  EXPECT_EQ(search(query).total, 0);
}

TEST_P(SearchContract, ADocumentWithoutTheNumberIsInNoRange) {
  put_shoes();
  put({titled("free", "Кроссовки")});
  EXPECT_EQ(search({.numbers = {{"price", {{}, 1000}}}}).total, 4);
}

// One with these variants, each a price and whether there is any of it; their ids are the id's and 1, 2, ….
inline SearchDocument sized(const std::string& id, std::vector<std::pair<double, bool>> variants) {
  SearchDocument document{.id = id, .version = 1, .texts = {{"Кроссовки", 10}}};
  for (const auto& [price, in_stock] : variants) {
    auto number = std::to_string(document.variants.size() + 1);
    document.variants.push_back({id + number, {{"price", price}, {"in_stock", in_stock ? 1 : 0}}});
  }
  if (!variants.empty()) document.numbers["price"] = variants.front().first;
  return document;
}

TEST_P(SearchContract, AHitNamesItsFirstVariant) {
  put({sized("a", {{300, true}, {100, false}}), titled("b", "Кроссовки")});
  auto result = search({.text = "кроссовки", .sort_by = "price", .descending = true});
  EXPECT_EQ(result.ids, (Ids{"a", "b"}));
  EXPECT_EQ(result.variants, (Ids{"a1", ""}));
}

TEST_P(SearchContract, OneAndTheSameVariantIsInAllRanges) {
  put({sized("a", {{900, true}, {100, false}}), sized("b", {{150, true}}),
       sized("c", {{50, true}, {120, false}}), titled("d", "Кроссовки")});
  SearchQuery query{.variant_numbers = {{"price", {{}, 200}}}, .sort_by = "price"};
  auto result = search(query);
  EXPECT_EQ(result.ids, (Ids{"c", "a", "b"}));
  EXPECT_EQ(result.variants, (Ids{"c1", "a2", "b1"}));
  query.variant_numbers["in_stock"] = {1, {}};
  for (const char* text : {"", "кроссовки"}) {
    query.text = text;
    result = search(query);
    EXPECT_EQ(result.ids, (Ids{"c", "b"})) << text;
    EXPECT_EQ(result.total, 2) << text;
  }
  query.variant_numbers["price"] = {100, 200};
  EXPECT_EQ(search(query).ids, Ids{"b"});
  query.variant_numbers["unknown"] = {1, {}};
  EXPECT_EQ(search(query).total, 0);
}

TEST_P(SearchContract, TheFirstVariantInTheRangesIsSortedByAndMeasured) {
  put({sized("a", {{100, true}, {700, true}, {600, true}}), sized("b", {{650, true}}),
       sized("c", {{900, true}, {500, true}})});
  SearchQuery query{.variant_numbers = {{"price", {500, 800}}},
                    .sort_by = "price",
                    .span_numbers = {"price"}};
  auto result = search(query);
  EXPECT_EQ(result.ids, (Ids{"c", "b", "a"}));
  EXPECT_EQ(result.variants, (Ids{"c2", "b1", "a2"}));
  EXPECT_EQ(result.spans["price"].min, 500);
  EXPECT_EQ(result.spans["price"].max, 700);
  query.descending = true;
  EXPECT_EQ(search(query).ids, (Ids{"a", "b", "c"}));
  // A page takes part of it.
  query.offset = 1;
  query.limit = 1;
  EXPECT_EQ(search(query).ids, Ids{"b"});
  EXPECT_EQ(search(query).total, 3);
}

TEST_P(SearchContract, VariantsChangeWithTheirDocument) {
  put({sized("a", {{100, true}})});
  auto later = sized("a", {{300, true}});
  later.version = 2;
  put({later});
  SearchQuery query{.variant_numbers = {{"price", {{}, 200}}}};
  EXPECT_EQ(search(query).total, 0);
  world_->reopen();
  query.variant_numbers["price"] = {200, {}};
  EXPECT_EQ(search(query).variants, Ids{"a1"});
}

TEST_P(SearchContract, PagesFollowEachOtherAndTheTotalIsOfAll) {
  put_shoes();
  auto first = search({.sort_by = "price", .offset = 0, .limit = 3});
  auto second = search({.sort_by = "price", .offset = 3, .limit = 3});
  EXPECT_EQ(first.ids, (Ids{"b", "c", "a"}));
  EXPECT_EQ(second.ids, Ids{"d"});
  EXPECT_EQ(first.total, 4);
  EXPECT_EQ(second.total, 4);
}

TEST_P(SearchContract, ValuesAreCountedLargestFirstAndSpansMeasured) {
  put_shoes();
  auto result = search({.terms = {{"brand", {"Nord", "Volga"}}},
                        .limit = 1,
                        .count_terms = {"brand", "category"},
                        .span_numbers = {"price"}});
  ASSERT_EQ(result.counts["brand"].size(), 2u);
  EXPECT_EQ(result.counts["brand"][0].value, "Nord");
  EXPECT_EQ(result.counts["brand"][0].count, 2);
  EXPECT_EQ(result.counts["category"][0].value, "cat_run");
  EXPECT_EQ(result.spans["price"].min, 100);
  EXPECT_EQ(result.spans["price"].max, 300);
  EXPECT_EQ(result.total, 3);
}

TEST_P(SearchContract, AsManyValuesAreCountedAsAreWanted) {
  put_shoes();
  SearchQuery query{.count_terms = {"brand"}, .most_counts = 1};
  ASSERT_EQ(search(query).counts["brand"].size(), 1u);
  EXPECT_EQ(search(query).counts["brand"][0].value, "Nord");
  query.most_counts = 50;
  EXPECT_EQ(search(query).counts["brand"].size(), 3u);
}

TEST_P(SearchContract, AMistypedWordIsCorrected) {
  put({titled("a", "Кроссовки мужские"), titled("b", "Чайник электрический")});
  SearchQuery query{.text = "красовки мужские"};
  auto result = search(query);
  EXPECT_EQ(result.ids, Ids{"a"});
  EXPECT_EQ(result.corrected, "кроссовки мужские");
  EXPECT_EQ(search({.text = "чайник"}).corrected, "");
  EXPECT_EQ(search({.text = "ъъъъъъъъ"}).corrected, "");
}

TEST_P(SearchContract, SuggestionsBeginAsWrittenCommonestFirst) {
  put({titled("a", "Кроссовки мужские"), titled("b", "Кроссовки женские"), titled("c", "Кровать")});
  EXPECT_EQ(suggest("КРО", 2), (Ids{"кроссовки", "кровать"}));
  EXPECT_EQ(suggest("кроссовки м"), Ids{"кроссовки мужские"});
  EXPECT_TRUE(suggest("").empty());
  EXPECT_TRUE(suggest("м", 0).empty());
}

TEST_P(SearchContract, SuggestionsAreInTheReadersLanguage) {
  put({{.id = "a",
        .version = 1,
        .texts = {{"Кроссовки Pro", 10, "ru"}, {"Pro shoes", 10, "en"}, {"Prada", 6}}},
       {.id = "b", .version = 1, .texts = {{"Профиль", 10, "ru"}, {"Profile", 10, "en"}}}});
  call_.language = "ru";
  EXPECT_EQ(suggest("пр"), Ids{"профиль"});
  EXPECT_EQ(suggest("pr"), (Ids{"prada", "pro"}));
  call_.language = "en";
  EXPECT_EQ(suggest("pro"), (Ids{"pro", "pro shoes", "profile"}));
  // A query in a language finds cards of that language; a query without one finds all.
  EXPECT_EQ(suggest("пр"), Ids{"профиль"});
  call_.language = "de";
  EXPECT_EQ(suggest("shoe"), Ids{"shoes"});
  call_.language.clear();
  EXPECT_EQ(suggest("pro"), (Ids{"pro", "pro shoes", "profile"}));
}

TEST_P(SearchContract, AnyTextIsAQuery) {
  put({titled("a", "Чашка \"Утро\" 200 мл")});
  for (const auto& text : {std::string("\"чашка"), std::string("чашка AND NOT ("), std::string("чашка*"),
                           std::string("brand:чашка OR"), std::string("\xff\xfe"), std::string(100'000, 'x'),
                           std::string("\0чашка", 11)}) {
    EXPECT_NO_THROW(find(text)) << text.substr(0, 20);
    EXPECT_NO_THROW(suggest(text)) << text.substr(0, 20);
  }
  EXPECT_EQ(find("\"чашка\" (утро)"), Ids{"a"});
  EXPECT_TRUE(find("!?").empty());
}

TEST_P(SearchContract, LongValuesFilterAsWell) {
  auto document = titled("a", "Чашка");
  document.terms["brand"] = std::string(600, 'a');
  auto other = titled("b", "Чашка");
  other.terms["brand"] = std::string(599, 'a') + "b";
  put({document, other});
  EXPECT_EQ(search({.terms = {{"brand", {document.terms["brand"]}}}}).ids, Ids{"a"});
}

TEST_P(SearchContract, WhatWasPutIsThereAfterARestart) {
  put_shoes();
  world_->reopen();
  EXPECT_EQ(size(), 4);
  EXPECT_EQ(search({.terms = {{"brand", {"Volga"}}}, .count_terms = {"brand"}}).counts["brand"].size(), 1u);
}

TEST_P(SearchContract, ARebuiltIndexTakesThePlaceOfTheOldOneWhole) {
  put({titled("old", "чашка")});
  auto* contract = this;
  std::function<Task<void>(SearchIndex&)> fill = [contract](SearchIndex& fresh) -> Task<void> {
    co_await fresh.put(contract->call_, {titled("new", "чашка")});
    // The old one answers until the new one is whole, and what is put meanwhile is in both.
    auto meanwhile = co_await contract->world_->index().search(contract->call_, {.text = "чашка"});
    EXPECT_EQ(meanwhile.ids, Ids{"old"});
    co_await contract->world_->index().put(contract->call_, {titled("live", "чашка")});
  };
  run_sync(world_->index().rebuild(call_, fill));
  world_->refresh();
  EXPECT_EQ(search({.text = "чашка"}).total, 2);
  EXPECT_EQ(find("чашка"), (Ids{"new", "live"}));
  world_->reopen();
  EXPECT_EQ(size(), 2);
}

TEST_P(SearchContract, AFailedRebuildLeavesTheOldIndex) {
  put({titled("old", "чашка")});
  std::function<Task<void>(SearchIndex&)> fill = [](SearchIndex& fresh) -> Task<void> {
    co_await fresh.put(Call{}, {titled("new", "чашка")});
    throw Error(ErrorCode::internal, "broken", "the source broke");
  };
  EXPECT_THROW(run_sync(world_->index().rebuild(call_, fill)), Error);
  EXPECT_EQ(find("чашка"), Ids{"old"});
  std::function<Task<void>(SearchIndex&)> nothing = [](SearchIndex&) -> Task<void> { co_return; };
  run_sync(world_->index().rebuild(call_, nothing));
  world_->refresh();
  EXPECT_EQ(size(), 0);
}

}  // namespace bramble
