#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "engines/xapian/result_cache.h"
#include "engines/xapian/search_words.h"
#include "engines/xapian/xapian_index.h"
#include "testing/clock.h"
#include "testing/search/search_contract.h"

namespace bramble {
namespace {

namespace fs = std::filesystem;

class XapianWorld final : public SearchWorld {
 public:
  XapianWorld() {
    std::string name = (fs::temp_directory_path() / "xapian_test_XXXXXX").string();
    folder_ = mkdtemp(name.data());
    reopen();
  }
  ~XapianWorld() override {
    index_.reset();
    fs::remove_all(folder_);
  }
  SearchIndex& index() override { return *index_; }
  void reopen() override {
    index_.reset();
    index_ = open_xapian_index(folder_, clock_, {.commit_pause = milliseconds(1)});
  }
  void refresh() override {}
  const fs::path& folder() const { return folder_; }
  const Clock& clock() const { return clock_; }

 private:
  TestClock clock_;
  fs::path folder_;
  std::unique_ptr<SearchIndex> index_;
};

INSTANTIATE_TEST_SUITE_P(Xapian, SearchContract,
                         testing::Values([] { return std::unique_ptr<SearchWorld>(new XapianWorld); }));

TEST(SearchWords, AreRunsOfLettersAndDigitsInLowerCase) {
  EXPECT_EQ(xapian::words_of("Ёлка №5, Wi-Fi! 220В"),
            (std::vector<std::string>{"елка", "5", "wi", "fi", "220в"}));
  EXPECT_EQ(xapian::words_of("Women's ‘men’s’ d'"), (std::vector<std::string>{"women's", "men's", "d"}));
  EXPECT_TRUE(xapian::words_of("—!?'").empty());
}

TEST(ResultCache, AnswersOnlyTheSameQueryOfTheSameGeneration) {
  SearchQuery query{.text = "чашка", .terms = {{"brand", {"a"}}}, .numbers = {{"price", {1, {}}}}};
  auto key = xapian::ResultCache::key_of(query);
  auto others = std::vector<SearchQuery>(7, query);
  others[0].terms["brand"] = {"a", ""};
  others[1].numbers["price"] = {{}, 1};
  others[2].offset = 25;
  others[3].count_terms = {"brand"};
  others[4].span_numbers = {"brand"};
  others[5].descending = true;
  others[6].variant_numbers = {{"price", {1, {}}}};
  for (const auto& other : others) EXPECT_NE(xapian::ResultCache::key_of(other), key);
  xapian::ResultCache cache;
  cache.keep(key, 2, {.total = 7});
  EXPECT_EQ(cache.find(key, 2)->total, 7);
  EXPECT_FALSE(cache.find(key, 3));
  cache.keep(key, 1, {.total = 6});
  EXPECT_EQ(cache.find(key, 2)->total, 7);
}

TEST(XapianIndex, IsOpenInOneProcessOnly) {
  XapianWorld world;
  try {
    open_xapian_index(world.folder(), world.clock());
    FAIL() << "it opened twice";
  } catch (const Error& error) {
    EXPECT_EQ(error.reason, "index_locked");
  }
}

TEST(XapianIndex, BeginsEmptyAgainWhenItsFilesAreDamaged) {
  XapianWorld world;
  auto call = system_call("test", Time{INT64_MAX});
  run_sync(world.index().put(call, {{.id = "a", .version = 1, .texts = {{"чашка", 10}}}}));
  fs::path live;
  std::string name;
  std::ifstream(world.folder() / "live") >> name;
  for (const auto& entry : fs::directory_iterator(world.folder() / name)) {
    if (entry.path().extension() == ".glass") std::ofstream(entry.path(), std::ios::trunc) << "not an index";
  }
  world.reopen();
  EXPECT_EQ(run_sync(world.index().size(call)), 0);
}

TEST(XapianIndex, ALateCallIsNotBegun) {
  XapianWorld world;
  try {
    run_sync(world.index().size(system_call("test", world.clock().now())));
    FAIL() << "it was begun";
  } catch (const Error& error) {
    EXPECT_EQ(error.code, ErrorCode::timeout);
  }
}

}  // namespace
}  // namespace bramble
