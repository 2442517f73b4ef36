#include "engines/xapian/read_threads.h"

#include "base/error.h"
#include "engines/xapian/search_failure.h"

namespace bramble::xapian {
namespace {

// A commit while a query runs can take blocks from under it; the query is then run again on the newer state.
constexpr int most_attempts = 3;

}  // namespace

ReadThreads::~ReadThreads() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  awake_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void ReadThreads::start(std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { run(); });
}

void ReadThreads::changed(const std::string& path) {
  std::lock_guard lock(mutex_);
  path_ = path;
  ++generation_;
}

std::uint64_t ReadThreads::generation() const {
  std::lock_guard lock(mutex_);
  return generation_;
}

std::size_t ReadThreads::waiting() const {
  std::lock_guard lock(mutex_);
  return waiting_.size();
}

Task<void> ReadThreads::perform(std::function<void(IndexReader&)> act) {
  std::exception_ptr failure;
  co_await suspend([&](Resume resume) {
    std::unique_lock lock(mutex_);
    if (waiting_.size() >= most_waiting_) {
      lock.unlock();
      failure = std::make_exception_ptr(
          Error(ErrorCode::exhausted, "search_busy", "too many searches are waiting"));
      resume();
      return;
    }
    waiting_.push_back({std::move(act), std::move(resume), &failure});
    lock.unlock();
    awake_.notify_one();
  });
  if (failure) std::rethrow_exception(failure);
}

void ReadThreads::run() {
  Reader reader;
  for (;;) {
    Work work;
    {
      std::unique_lock lock(mutex_);
      awake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      work = std::move(waiting_.front());
      waiting_.pop_front();
    }
    answer(reader, work);
    work.resume();
  }
}

void ReadThreads::renew(Reader& reader) {
  std::string path;
  std::uint64_t generation = 0;
  {
    std::lock_guard lock(mutex_);
    path = path_;
    generation = generation_;
  }
  if (reader.index && reader.path == path) {
    if (reader.generation != generation) reader.index->refresh();
  } else {
    reader.index = std::make_unique<IndexReader>(path);
    reader.path = path;
  }
  reader.generation = generation;
}

void ReadThreads::answer(Reader& reader, Work& work) {
  *work.failure = failure_of([&] {
    for (int attempt = 1;; ++attempt) {
      try {
        renew(reader);
        return work.act(*reader.index);
      } catch (const Xapian::DatabaseError&) {
        reader.index.reset();
        if (attempt == most_attempts) throw;
      }
    }
  });
}

}  // namespace bramble::xapian
