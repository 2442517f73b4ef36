// What every engine of the cache port promises, as tests. An engine's test includes this once and
// instantiates CacheContract with a maker of its worlds.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "base/error.h"
#include "ports/cache.h"
#include "testing/run.h"

namespace bramble {

// A cache with a clock that the test moves.
class CacheWorld {
 public:
  virtual ~CacheWorld() = default;
  virtual Cache& cache() = 0;
  virtual void reopen() = 0;  // as after a restart of the process
  virtual void advance(Duration span) = 0;
};

class CacheContract : public testing::TestWithParam<std::function<std::unique_ptr<CacheWorld>()>> {
 protected:
  CacheHash get(const std::string& key) { return run_sync(world_->cache().get(call_, key)); }
  CacheHash update(const std::string& key, CacheHash set, std::vector<std::string> remove = {},
                   Duration life = days(7)) {
    return run_sync(world_->cache().update(call_, key, std::move(set), std::move(remove), life));
  }
  std::optional<CacheHash> update_if(const std::string& key, CacheHash seen, CacheHash set,
                                     std::vector<std::string> remove = {}) {
    return run_sync(
        world_->cache().update_if(call_, key, std::move(seen), std::move(set), std::move(remove), days(7)));
  }
  void erase(const std::string& key) { run_sync(world_->cache().erase(call_, key)); }

  std::unique_ptr<CacheWorld> world_ = GetParam()();
  Call call_ = system_call("test", Time{INT64_MAX});
};

TEST_P(CacheContract, AnUnknownKeyReadsAsEmpty) { EXPECT_TRUE(get("nobody").empty()); }

TEST_P(CacheContract, AnUpdateSetsAndRemovesAndAnswersTheWholeHash) {
  update("cart", {{"a", "1"}, {"b", "2"}});
  auto whole = update("cart", {{"b", "3"}, {"c", "4"}}, {"a", "unknown"});
  EXPECT_EQ(whole, (CacheHash{{"b", "3"}, {"c", "4"}}));
  EXPECT_EQ(get("cart"), whole);
}

TEST_P(CacheContract, AChangeOfWhatWasSeenIsNotMadeOfAnythingElse) {
  auto seen = update_if("cart", {}, {{"a", "1"}});
  EXPECT_EQ(seen, (CacheHash{{"a", "1"}}));
  EXPECT_EQ(update_if("cart", {}, {{"a", "2"}}), std::nullopt);
  update("cart", {{"b", "1"}});
  EXPECT_EQ(update_if("cart", *seen, {{"a", "2"}}), std::nullopt);
  EXPECT_EQ(get("cart"), (CacheHash{{"a", "1"}, {"b", "1"}}));
  EXPECT_EQ(update_if("cart", get("cart"), {{"a", "2"}}, {"b"}), (CacheHash{{"a", "2"}}));
  world_->advance(days(8));
  EXPECT_EQ(update_if("cart", {}, {{"a", "3"}}), (CacheHash{{"a", "3"}}))
      << "what has ended is seen as empty";
}

TEST_P(CacheContract, KeysDoNotTouchEachOther) {
  update("one", {{"a", "1"}});
  update("two", {{"a", "2"}});
  erase("one");
  EXPECT_TRUE(get("one").empty());
  EXPECT_EQ(get("two"), (CacheHash{{"a", "2"}}));
}

TEST_P(CacheContract, AKeyEndsAfterItsLifeAndStartsAfreshAfterwards) {
  update("cart", {{"a", "1"}}, {}, seconds(10));
  world_->advance(seconds(9));
  EXPECT_EQ(get("cart").size(), 1u);
  world_->advance(seconds(1));
  EXPECT_TRUE(get("cart").empty());
  EXPECT_EQ(update("cart", {{"b", "2"}}), (CacheHash{{"b", "2"}}));
}

TEST_P(CacheContract, EveryUpdateGivesAWholeNewLife) {
  update("cart", {{"a", "1"}}, {}, seconds(10));
  world_->advance(seconds(9));
  update("cart", {}, {}, seconds(10));
  world_->advance(seconds(9));
  EXPECT_EQ(get("cart"), (CacheHash{{"a", "1"}}));
}

TEST_P(CacheContract, AnyBytesAreKept) {
  const CacheHash hash{{std::string("\0\xff", 2), std::string("\0\x80'\"$1", 6)}, {"", ""}};
  EXPECT_EQ(update("bytes", hash), hash);
  world_->reopen();
  EXPECT_EQ(get("bytes"), hash);
}

TEST_P(CacheContract, ConcurrentUpdatesOfOneKeyAllCountAndAreInOrder) {
  constexpr int updates = 100;
  std::vector<CacheHash> answers(updates);
  auto add = [&](int number) -> Task<void> {
    CacheHash set{{"f" + std::to_string(number), "x"}};
    answers[number] = co_await world_->cache().update(call_, "cart", std::move(set), {}, days(1));
  };
  std::vector<Task<void>> tasks;
  for (int number = 0; number < updates; ++number) tasks.push_back(add(number));
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(get("cart").size(), std::size_t(updates));
  std::vector<int> of_size(updates + 1);
  for (const auto& answer : answers) ++of_size[answer.size()];
  for (int size = 1; size <= updates; ++size) EXPECT_EQ(of_size[size], 1) << size;
}

TEST_P(CacheContract, WhatWasAcknowledgedSurvivesARestart) {  // I21
  for (int number = 0; number < 20; ++number)
    update("cart" + std::to_string(number), {{"a", std::to_string(number)}});
  update("cart3", {{"b", "2"}}, {"a"});
  erase("cart4");
  world_->reopen();
  EXPECT_EQ(get("cart3"), (CacheHash{{"b", "2"}}));
  EXPECT_TRUE(get("cart4").empty());
  EXPECT_EQ(get("cart19"), (CacheHash{{"a", "19"}}));
}

TEST_P(CacheContract, AnEndedKeyDoesNotComeBackWithARestart) {
  update("cart", {{"a", "1"}}, {}, seconds(10));
  world_->advance(seconds(10));
  world_->reopen();
  EXPECT_TRUE(get("cart").empty());
}

TEST_P(CacheContract, TooMuchIsRefusedAndChangesNothing) {
  CacheHash many;
  for (int number = 0; number < 1'000; ++number) many["f" + std::to_string(number)] = "x";
  update("cart", many);
  EXPECT_THROW(update("cart", {{"one more", "x"}}), Error);
  EXPECT_THROW(update("cart", {{"f1", std::string(64 * 1024 + 1, 'x')}}), Error);
  EXPECT_EQ(get("cart"), many);
  EXPECT_EQ(update("cart", {{"one more", "x"}}, {"f1"}).size(), 1'000u);
}

}  // namespace bramble
