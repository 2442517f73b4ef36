#include "engines/sqlite/log_file.h"

#include <sqlite3.h>

#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

namespace bramble::sqlite {
namespace {

// SQLite's own file writes no more than 128 KiB at a time.
constexpr int most_gathered = 96 * 1024;

sqlite3_vfs* system_files() { return sqlite3_vfs_find(nullptr); }

// SQLite gives the memory; the system's own file object follows behind this one.
struct LogFile {
  sqlite3_file base;
  char* gathered;  // what was written last and is not with the system yet
  int size;
  sqlite3_int64 offset;  // where it belongs
};

LogFile* of(sqlite3_file* file) { return reinterpret_cast<LogFile*>(file); }

sqlite3_file* system_file(sqlite3_file* file) {
  constexpr std::size_t aligned =
      (sizeof(LogFile) + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + aligned);
}

int flush(sqlite3_file* file) {
  auto* log = of(file);
  if (log->size == 0) return SQLITE_OK;
  auto* below = system_file(file);
  int size = std::exchange(log->size, 0);
  return below->pMethods->xWrite(below, log->gathered, size, log->offset);
}

int close_log(sqlite3_file* file) {
  int code = flush(file);
  auto* below = system_file(file);
  int closed = below->pMethods->xClose(below);
  sqlite3_free(of(file)->gathered);
  return code == SQLITE_OK ? closed : code;
}

int write_log(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  auto* log = of(file);
  bool follows = log->size > 0 && offset == log->offset + log->size;
  if (!follows || log->size + size > most_gathered) {
    int code = flush(file);
    if (code != SQLITE_OK) return code;
    if (size > most_gathered)
      return system_file(file)->pMethods->xWrite(system_file(file), bytes, size, offset);
    log->offset = offset;
  }
  std::memcpy(log->gathered + log->size, bytes, static_cast<std::size_t>(size));
  log->size += size;
  return SQLITE_OK;
}

// Any other call goes to the system's file, which has everything by then.
template <auto Method, class... Args>
int flushed(sqlite3_file* file, Args... args) {
  int code = flush(file);
  auto* below = system_file(file);
  return code == SQLITE_OK ? (below->pMethods->*Method)(below, args...) : code;
}

template <auto Method, class... Args>
int passed(sqlite3_file* file, Args... args) {
  auto* below = system_file(file);
  return (below->pMethods->*Method)(below, args...);
}

constexpr sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = close_log,
    .xRead = flushed<&sqlite3_io_methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = write_log,
    .xTruncate = flushed<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    .xSync = flushed<&sqlite3_io_methods::xSync, int>,
    .xFileSize = flushed<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = passed<&sqlite3_io_methods::xLock, int>,
    .xUnlock = passed<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = passed<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = passed<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = passed<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = passed<&sqlite3_io_methods::xDeviceCharacteristics>,
};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  auto* system = system_files();
  if ((flags & SQLITE_OPEN_WAL) == 0) return system->xOpen(system, name, file, flags, flags_out);
  auto* log = new (file) LogFile{};
  log->gathered = static_cast<char*>(sqlite3_malloc(most_gathered));
  if (log->gathered == nullptr) return SQLITE_NOMEM;
  int code = system->xOpen(system, name, system_file(file), flags, flags_out);
  if (code == SQLITE_OK) {
    log->base.pMethods = &log_methods;
  } else {
    sqlite3_free(log->gathered);
  }
  return code;
}

}  // namespace

const char* gathering_files() {
  static sqlite3_vfs files = [] {
    auto copy = *system_files();
    copy.szOsFile += static_cast<int>(sizeof(LogFile) + alignof(std::max_align_t));
    copy.pNext = nullptr;
    copy.zName = "bramble-gathering";
    copy.xOpen = open_file;
    return copy;
  }();
  static const int registered = sqlite3_vfs_register(&files, 0);
  return registered == SQLITE_OK ? files.zName : nullptr;
}

}  // namespace bramble::sqlite
