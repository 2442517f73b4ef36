// The threads that answer queries, each with a reader of its own, so that Xapian's waiting stops nobody else.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/task.h"
#include "engines/xapian/index_reader.h"

namespace bramble::xapian {

class ReadThreads {
 public:
  explicit ReadThreads(std::size_t most_waiting) : most_waiting_(most_waiting) {}
  ~ReadThreads();

  void start(std::size_t count);
  // The database to read from now on, and that it has changed. From any thread.
  void changed(const std::string& path);
  // Grows with each change.
  std::uint64_t generation() const;
  std::size_t waiting() const;
  // Runs `act` on one of the threads with an up-to-date reader.
  Task<void> perform(std::function<void(IndexReader&)> act);

 private:
  struct Work {
    std::function<void(IndexReader&)> act;
    Resume resume;
    std::exception_ptr* failure;
  };
  struct Reader {
    std::unique_ptr<IndexReader> index;
    std::string path;
    std::uint64_t generation = 0;
  };

  void run();
  void renew(Reader& reader);
  void answer(Reader& reader, Work& work);

  std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable awake_;
  std::deque<Work> waiting_;
  std::string path_;
  std::uint64_t generation_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace bramble::xapian
