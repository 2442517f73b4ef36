// The thread that alone writes the index: gathers puts, commits them together, and fills a new index beside
// the live one. Always true: a put is answered after its commit, and what is put while another index is being
// filled is in both.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/task.h"
#include "base/time.h"
#include "engines/xapian/index_folder.h"
#include "engines/xapian/index_writer.h"
#include "ports/search.h"

namespace bramble::xapian {

class WriteThread {
 public:
  // `committed` is called on the thread with the live database's path after each commit to it.
  WriteThread(std::filesystem::path folder, Duration commit_pause, std::size_t most_waiting,
              std::function<void(const std::string& path)> committed);
  ~WriteThread();

  Task<void> put(std::vector<SearchDocument> documents);
  std::size_t waiting() const;
  // A rebuild: begin, put_beside many times, then finish, which swaps or gives up.
  Task<void> begin_beside();
  Task<void> put_beside(std::vector<SearchDocument> documents);
  Task<void> finish_beside(bool keep);

 private:
  struct Work {
    std::function<void()> act;  // on the thread
    bool after_commit = false;  // whether to answer only then
    Resume resume;
    std::exception_ptr* failure;  // lives in the waiting coroutine until it is resumed
  };

  Task<void> perform(std::function<void()> act, bool after_commit);
  void run();
  void handle(Work work);
  void commit();
  void open();

  IndexFolder folder_;
  std::chrono::microseconds commit_pause_;
  std::size_t most_waiting_;
  std::function<void(const std::string&)> committed_;

  // The thread's own.
  std::unique_ptr<IndexWriter> live_;
  std::unique_ptr<IndexWriter> beside_;
  std::string beside_path_;
  std::size_t beside_puts_ = 0;
  std::vector<Work> uncommitted_;
  std::size_t uncommitted_puts_ = 0;
  std::chrono::steady_clock::time_point last_commit_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Work> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace bramble::xapian
