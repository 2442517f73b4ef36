#include "engines/xapian/xapian_index.h"

#include "base/error.h"
#include "engines/xapian/read_threads.h"
#include "engines/xapian/result_cache.h"
#include "engines/xapian/write_thread.h"

namespace bramble {
namespace {

using xapian::IndexReader;

// The index that a rebuild fills: it can only be written to.
class FilledIndex final : public SearchIndex {
 public:
  explicit FilledIndex(xapian::WriteThread& writer) : writer_(writer) {}

  Task<void> put(const Call&, std::vector<SearchDocument> documents) override {
    return writer_.put_beside(std::move(documents));
  }
  Task<SearchResult> search(const Call&, SearchQuery) override { refuse(); }
  Task<std::vector<std::string>> suggest(const Call&, std::string, std::size_t) override { refuse(); }
  Task<std::int64_t> size(const Call&) override { refuse(); }
  Task<void> rebuild(const Call&, std::function<Task<void>(SearchIndex&)>) override { refuse(); }

 private:
  [[noreturn]] static void refuse() {
    throw Error(ErrorCode::unavailable, "index_being_filled", "this index is still being filled");
  }

  xapian::WriteThread& writer_;
};

class XapianIndex final : public SearchIndex {
 public:
  XapianIndex(std::filesystem::path folder, const Clock& clock, XapianOptions options)
      : clock_(clock),
        readers_(options.most_waiting),
        writer_(std::move(folder), options.commit_pause, options.most_waiting,
                [this](const std::string& path) { readers_.changed(path); }) {
    readers_.start(options.query_threads);
  }

  Task<void> put(const Call& call, std::vector<SearchDocument> documents) override {
    check(call);
    if (!documents.empty()) co_await writer_.put(std::move(documents));
  }

  Task<SearchResult> search(const Call& call, SearchQuery query) override {
    check(call);
    auto key = xapian::ResultCache::key_of(query);
    // What is found is at least as new as the generation that was asked for.
    auto generation = readers_.generation();
    if (auto known = results_.find(key, generation)) co_return std::move(*known);
    SearchResult result;
    co_await readers_.perform([&](IndexReader& reader) { result = reader.search(query); });
    results_.keep(std::move(key), generation, result);
    co_return result;
  }

  Task<std::vector<std::string>> suggest(const Call& call, std::string prefix, std::size_t limit) override {
    check(call);
    std::vector<std::string> found;
    co_await readers_.perform(
        [&](IndexReader& reader) { found = reader.suggest(prefix, call.language, limit); });
    co_return found;
  }

  Task<std::int64_t> size(const Call& call) override {
    check(call);
    std::int64_t size = 0;
    co_await readers_.perform([&](IndexReader& reader) { size = reader.size(); });
    co_return size;
  }

  SearchStats stats() const override {
    return {readers_.waiting(), writer_.waiting(), readers_.generation()};
  }

  Task<void> rebuild(const Call& call, std::function<Task<void>(SearchIndex&)> fill) override {
    check(call);
    co_await writer_.begin_beside();
    FilledIndex filled(writer_);
    std::exception_ptr failure;
    try {
      co_await fill(filled);
    } catch (...) {
      failure = std::current_exception();
    }
    co_await writer_.finish_beside(!failure);
    if (failure) std::rethrow_exception(failure);
  }

 private:
  void check(const Call& call) const {
    if (clock_.now() < call.deadline) return;
    throw Error(ErrorCode::timeout, "deadline", "the deadline passed before the index was asked");
  }

  const Clock& clock_;
  xapian::ResultCache results_;
  xapian::ReadThreads readers_;
  xapian::WriteThread writer_;  // ends first, while its readers can still be told
};

}  // namespace

std::unique_ptr<SearchIndex> open_xapian_index(std::filesystem::path folder, const Clock& clock,
                                               XapianOptions options) {
  return std::make_unique<XapianIndex>(std::move(folder), clock, options);
}

}  // namespace bramble
