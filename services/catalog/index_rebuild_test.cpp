// The search index after a change of its format.
#include "services/catalog/index_rebuild.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "catalog_schema.h"
#include "engines/xapian/xapian_index.h"
#include "services/catalog/catalog_service.h"
#include "services/catalog/indexer.h"
#include "services/catalog/test_cards.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/run.h"
#include "testing/scratch_folder.h"
#include "testing/service/service_database.h"

namespace bramble::catalog {
namespace {

// The folder of the index, to see whether it is another one than before.
std::string live_of(const std::filesystem::path& folder) {
  std::string name;
  std::ifstream(folder / "live") >> name;
  return name;
}

// An index that lets the test act before a rebuild ends.
class SlowIndex final : public SearchIndex {
 public:
  using Act = std::function<Task<void>()>;
  SlowIndex(SearchIndex& inner, Act before_the_end)
      : inner_(inner), before_the_end_(std::move(before_the_end)) {}
  Task<void> put(const Call& call, std::vector<SearchDocument> documents) override {
    return inner_.put(call, std::move(documents));
  }
  Task<SearchResult> search(const Call& call, SearchQuery query) override {
    return inner_.search(call, std::move(query));
  }
  Task<std::vector<std::string>> suggest(const Call& call, std::string prefix, std::size_t limit) override {
    return inner_.suggest(call, std::move(prefix), limit);
  }
  Task<std::int64_t> size(const Call& call) override { return inner_.size(call); }
  Task<void> rebuild(const Call& call, std::function<Task<void>(SearchIndex&)> fill) override {
    std::function<Task<void>(SearchIndex&)> watched = [&](SearchIndex& beside) -> Task<void> {
      co_await fill(beside);
      co_await before_the_end_();
    };
    co_await inner_.rebuild(call, watched);
  }

 private:
  SearchIndex& inner_;
  Act before_the_end_;
};

class Rebuilding : public testing::Test {
 protected:
  Rebuilding() {
    open_index();
    run_sync(service_->put_categories(call_, {{{CategoryId("cat_run"), "Беговая обувь", {}, {}}}}));
  }

  // As after a restart of the process.
  void open_index() {
    service_.reset();
    indexer_.reset();
    index_.reset();
    index_ = open_xapian_index(index_folder_, database_.clock, {.commit_pause = milliseconds(1)});
    service_ = std::make_unique<CatalogService>(*database_, *index_, database_.clock, 1'000);
    indexer_ = std::make_unique<Indexer>(*database_, *index_, log_);
  }
  void put(std::vector<Card> cards) { run_sync(service_->put_cards(call_, {std::move(cards)})); }
  void index() { run_sync(indexer_->run(call_)); }
  SearchReply search(SearchRequest request) { return run_sync(service_->search(call_, std::move(request))); }

  ServiceDatabase database_{catalog_migrations()};
  ScratchFolder folder_;
  std::string index_folder_ = folder_.path() + "/index";
  QuietLogger log_;
  std::unique_ptr<SearchIndex> index_;
  std::unique_ptr<CatalogService> service_;
  std::unique_ptr<Indexer> indexer_;
  Call call_ = system_call("test", Time{INT64_MAX});
};

TEST_F(Rebuilding, AnIndexOfAnotherFormatIsRebuiltAndOneOfTheSameIsNot) {  // I24
  put({test_card(1), test_card(2), test_card(3)});
  index();
  auto rebuild = [&](std::int64_t format) {
    IndexRebuild rebuild(*database_, *index_, database_.clock, log_, format, 2);
    run_sync(rebuild.run(call_));
    run_sync(rebuild.run(call_));
  };
  auto first = live_of(index_folder_);
  rebuild(7);
  auto second = live_of(index_folder_);
  EXPECT_NE(second, first);
  EXPECT_FALSE(std::filesystem::exists(std::filesystem::path(index_folder_) / first));
  EXPECT_EQ(search({}).total, 3);
  rebuild(7);
  open_index();
  rebuild(7);
  EXPECT_EQ(live_of(index_folder_), second);
  rebuild(8);
  EXPECT_NE(live_of(index_folder_), second);
  EXPECT_EQ(search({}).total, 3);
  // Changes are indexed as before: under a version that the new index takes.
  put({test_card(4)});
  index();
  EXPECT_EQ(search({}).total, 4);
}

TEST_F(Rebuilding, AnEmptyIndexIsFilledInTheNewFormatWithoutARebuild) {
  auto first = live_of(index_folder_);
  IndexRebuild rebuild(*database_, *index_, database_.clock, log_, 7);
  run_sync(rebuild.run(call_));
  put({test_card(1)});
  index();
  IndexRebuild later(*database_, *index_, database_.clock, log_, 7);
  run_sync(later.run(call_));
  EXPECT_EQ(live_of(index_folder_), first);
  EXPECT_EQ(search({}).total, 1);
}

TEST_F(Rebuilding, SearchesAndChangesGoOnWhileTheIndexIsRebuilt) {  // I24
  put({test_card(1), test_card(2)});
  index();
  auto changed = test_card(1);
  changed.title = "Сапоги";
  int acts = 0;
  SlowIndex slow(*index_, [&]() -> Task<void> {
    ++acts;
    EXPECT_EQ((co_await service_->search(call_, {})).total, 2);
    co_await service_->put_cards(call_, {{changed}});
    co_await indexer_->run(call_);
    EXPECT_EQ((co_await service_->search(call_, {.q = "сапоги"})).total, 1);
  });
  IndexRebuild rebuild(*database_, slow, database_.clock, log_, 7);
  run_sync(rebuild.run(call_));
  EXPECT_EQ(acts, 1);
  EXPECT_EQ(search({}).total, 2);
  EXPECT_EQ(search({.q = "сапоги"}).total, 1);
}

TEST_F(Rebuilding, ARebuildThatWasCutOffStartsAgain) {
  put({test_card(1)});
  index();
  SlowIndex broken(*index_, []() -> Task<void> {
    throw Error(ErrorCode::unavailable, "cut_off", "the process stops");
    co_return;
  });
  IndexRebuild rebuild(*database_, broken, database_.clock, log_, 7);
  EXPECT_THROW(run_sync(rebuild.run(call_)), Error);
  EXPECT_EQ(search({}).total, 1);
  auto before = live_of(index_folder_);
  open_index();
  IndexRebuild again(*database_, *index_, database_.clock, log_, 7);
  run_sync(again.run(call_));
  EXPECT_NE(live_of(index_folder_), before);
  EXPECT_EQ(search({}).total, 1);
}

}  // namespace
}  // namespace bramble::catalog
