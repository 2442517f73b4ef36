// Copies the log into the file. The bulk is copied by a thread of its own while the writer goes on; the
// writer itself copies only the rest, at a moment without readers, so that the log begins again and stays
// short.
#pragma once

#include <atomic>
#include <condition_variable>
#include <thread>

#include "base/mutex.h"
#include "engines/sqlite/reader_gate.h"
#include "engines/sqlite/sqlite.h"
#include "engines/sqlite/sqlite_connection.h"

namespace bramble::sqlite {

class Checkpointer {
 public:
  // Counts the frames that `writer` commits from now on.
  Checkpointer(const SqliteOptions& options, Connection& writer, ReaderGate& gate);
  ~Checkpointer();

  // Called by the writer's thread after each commit.
  void after_commit();

 private:
  enum class Stage { idle, copying, copied };

  void copy_when_asked();
  void finish();

  Connection& writer_;
  ReaderGate& gate_;
  const std::int64_t frames_wanted_;
  std::int64_t frames_ = 0;  // in the log, as the last commit left it
  std::int64_t finish_at_ = 0;

  Connection copier_;
  Mutex mutex_;
  std::condition_variable asked_;
  std::atomic<Stage> stage_{Stage::idle};
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace bramble::sqlite
