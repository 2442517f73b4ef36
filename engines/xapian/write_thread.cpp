#include "engines/xapian/write_thread.h"

#include "base/error.h"
#include "engines/xapian/search_failure.h"

namespace bramble::xapian {
namespace {

// A filled index is written out each so many documents, so that memory stays bounded.
constexpr std::size_t beside_commit = 5'000;
// So many documents have been gathered enough.
constexpr std::size_t worth_a_commit = 2'000;

}  // namespace

WriteThread::WriteThread(std::filesystem::path folder, Duration commit_pause, std::size_t most_waiting,
                         std::function<void(const std::string& path)> committed)
    : folder_(std::move(folder)),
      commit_pause_(commit_pause.us),
      most_waiting_(most_waiting),
      committed_(std::move(committed)) {
  open();
  folder_.remove_others();
  committed_(folder_.live());
  thread_ = std::thread([this] { run(); });
}

WriteThread::~WriteThread() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

// An index that cannot be read is worth nothing, and its owner fills an empty one.
void WriteThread::open() {
  try {
    live_ = std::make_unique<IndexWriter>(folder_.live());
  } catch (const Xapian::DatabaseLockError&) {
    throw Error(ErrorCode::unavailable, "index_locked", folder_.live() + " is in use by another process");
  } catch (const Xapian::DatabaseError&) {
    auto path = folder_.fresh();
    live_ = std::make_unique<IndexWriter>(path);
    live_->commit();
    folder_.make_live(path);
  }
  live_->commit();
}

Task<void> WriteThread::perform(std::function<void()> act, bool after_commit) {
  std::exception_ptr failure;
  co_await suspend([&](Resume resume) {
    std::unique_lock lock(mutex_);
    if (waiting_.size() >= most_waiting_) {
      lock.unlock();
      failure =
          std::make_exception_ptr(Error(ErrorCode::exhausted, "index_busy", "too many writes are waiting"));
      resume();
      return;
    }
    waiting_.push_back({std::move(act), after_commit, std::move(resume), &failure});
    lock.unlock();
    changed_.notify_one();
  });
  if (failure) std::rethrow_exception(failure);
}

std::size_t WriteThread::waiting() const {
  std::lock_guard lock(mutex_);
  return waiting_.size();
}

Task<void> WriteThread::put(std::vector<SearchDocument> documents) {
  auto act = [this, shared = std::make_shared<std::vector<SearchDocument>>(std::move(documents))] {
    for (const auto& document : *shared) {
      live_->put(document);
      if (beside_) beside_->put(document);
    }
    uncommitted_puts_ += shared->size();
  };
  co_await perform(std::move(act), true);
}

Task<void> WriteThread::begin_beside() {
  auto act = [this] {
    if (beside_) throw Error(ErrorCode::conflict, "rebuild_running", "the index is being rebuilt already");
    beside_path_ = folder_.fresh();
    beside_ = std::make_unique<IndexWriter>(beside_path_);
    beside_puts_ = 0;
  };
  co_await perform(std::move(act), false);
}

Task<void> WriteThread::put_beside(std::vector<SearchDocument> documents) {
  auto act = [this, shared = std::make_shared<std::vector<SearchDocument>>(std::move(documents))] {
    for (const auto& document : *shared) beside_->put(document);
    beside_puts_ += shared->size();
    if (beside_puts_ < beside_commit) return;
    beside_->commit();
    beside_puts_ = 0;
  };
  co_await perform(std::move(act), false);
}

Task<void> WriteThread::finish_beside(bool keep) {
  auto act = [this, keep] {
    if (!keep) {
      beside_.reset();
      IndexFolder::remove(beside_path_);
      return;
    }
    try {
      beside_->commit();
      folder_.make_live(beside_path_);
    } catch (...) {
      // What is left would block every later rebuild.
      beside_.reset();
      if (folder_.live() != beside_path_) IndexFolder::remove(beside_path_);
      throw;
    }
    live_ = std::move(beside_);
    committed_(folder_.live());
    folder_.remove_others();
  };
  co_await perform(std::move(act), false);
}

void WriteThread::run() {
  for (;;) {
    std::deque<Work> works;
    {
      std::unique_lock lock(mutex_);
      auto is_due = [this] { return stopping_ || !waiting_.empty(); };
      if (uncommitted_.empty()) changed_.wait(lock, is_due);
      else changed_.wait_until(lock, last_commit_ + commit_pause_, is_due);
      if (stopping_ && waiting_.empty() && uncommitted_.empty()) return;
      works.swap(waiting_);
    }
    for (auto& work : works) handle(std::move(work));
    bool is_due = stopping_ || uncommitted_puts_ >= worth_a_commit ||
                  std::chrono::steady_clock::now() >= last_commit_ + commit_pause_;
    if (!uncommitted_.empty() && is_due) commit();
  }
}

void WriteThread::handle(Work work) {
  *work.failure = failure_of(work.act);
  if (work.after_commit && !*work.failure) uncommitted_.push_back(std::move(work));
  else work.resume();
}

void WriteThread::commit() {
  auto failure = failure_of([this] { live_->commit(); });
  uncommitted_puts_ = 0;
  last_commit_ = std::chrono::steady_clock::now();
  if (!failure) committed_(folder_.live());
  for (auto& work : std::exchange(uncommitted_, {})) {
    *work.failure = failure;
    work.resume();
  }
}

}  // namespace bramble::xapian
