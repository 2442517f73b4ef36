#include "engines/sqlite/checkpointer.h"

namespace bramble::sqlite {
namespace {

constexpr std::chrono::milliseconds short_patience{5};
constexpr std::chrono::milliseconds long_patience{500};
// A log that has grown this many times over what is wanted is worth waiting for slow readers.
constexpr std::int64_t too_long = 16;

}  // namespace

Checkpointer::Checkpointer(const SqliteOptions& options, Connection& writer, ReaderGate& gate)
    : writer_(writer),
      gate_(gate),
      frames_wanted_(options.checkpoint_frames),
      finish_at_(options.checkpoint_frames),
      copier_(options.path, Access::copy, 256, 0) {
  auto count = [](void* self, sqlite3*, const char*, int frames) {
    static_cast<Checkpointer*>(self)->frames_ = frames;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(writer.handle(), count, this);
  thread_ = std::thread([this] { copy_when_asked(); });
}

Checkpointer::~Checkpointer() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  asked_.notify_one();
  thread_.join();
  sqlite3_wal_hook(writer_.handle(), nullptr, nullptr);
}

void Checkpointer::after_commit() {
  if (frames_ < finish_at_) return;
  Stage stage = stage_.load(std::memory_order_acquire);
  if (stage == Stage::copied) return finish();
  if (stage == Stage::copying) return;
  {
    MutexLock lock(mutex_);
    stage_ = Stage::copying;
  }
  asked_.notify_one();
}

void Checkpointer::copy_when_asked() {
  MutexLock lock(mutex_);
  while (true) {
    while (!stopping_ && stage_ != Stage::copying) lock.wait(asked_);
    if (stopping_) return;
    lock.unlock();
    // What it cannot copy now, and a failure, is left for the next time: the log keeps everything.
    sqlite3_wal_checkpoint_v2(copier_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    lock.lock();
    stage_.store(Stage::copied, std::memory_order_release);
  }
}

void Checkpointer::finish() {
  bool hurry = frames_ > frames_wanted_ * too_long;
  int in_log = 0;
  int copied = 0;
  bool alone = gate_.close(hurry ? long_patience : short_patience);
  int code = SQLITE_BUSY;
  if (alone) {
    code = sqlite3_wal_checkpoint_v2(writer_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
  }
  gate_.open();
  stage_ = Stage::idle;
  // The next commit begins the log again; if that did not work out, the next attempt is some frames away.
  bool done = code == SQLITE_OK && in_log == copied;
  finish_at_ = done ? frames_wanted_ : frames_ + frames_wanted_;
}

}  // namespace bramble::sqlite
