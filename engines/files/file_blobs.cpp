#include "engines/files/file_blobs.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <system_error>
#include <thread>

#include "base/error.h"
#include "base/ids.h"
#include "base/mutex.h"

namespace bramble {
namespace {

constexpr std::size_t max_waiting = 1'000;
constexpr std::size_t max_key = 200;
constexpr std::size_t max_content_type = 255;
constexpr std::uint32_t shelves = 256;  // sub-folders, so that none grows too large

[[noreturn]] void fail(const char* what) {
  throw Error(ErrorCode::unavailable, "blob_io",
              std::string("blob store: ") + what + ": " + std::generic_category().message(errno));
}

// A file descriptor that is closed.
class File {
 public:
  File(const std::filesystem::path& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const { return descriptor_ >= 0; }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      auto written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail("write");
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  std::string read_all() {
    std::string bytes;
    std::size_t size = 0;
    while (true) {
      bytes.resize(size + 64 * 1024);
      auto got = ::read(descriptor_, bytes.data() + size, bytes.size() - size);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail("read");
      size += static_cast<std::size_t>(got);
      if (got == 0) break;
    }
    bytes.resize(size);
    return bytes;
  }
  void sync() {
    if (::fsync(descriptor_) != 0) fail("fsync");
  }

 private:
  int descriptor_;
};

void sync_folder(const std::filesystem::path& folder) {
  File file(folder, O_RDONLY | O_DIRECTORY);
  if (!file) fail("open");
  file.sync();
}

void check_key(const std::string& key) {
  if (key.empty() || key.size() > max_key) throw_invalid("key", "length", "1 to 200 characters");
  if (key.front() == '/' || key.find("..") != std::string::npos)
    throw_invalid("key", "path", "no '..', no leading '/'");
  for (char c : key) {
    bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !std::strchr("._/-", c)) throw_invalid("key", "characters", "only 0-9 a-z A-Z . _ / -");
  }
}

}  // namespace

// One thread that does what it is given, in order.
class FileBlobs::Worker {
 public:
  Worker() : thread_([this] { run(); }) {}
  ~Worker() {
    {
      MutexLock lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

  // Returns when `work` has run there; throws what it threw.
  Task<void> perform(std::function<void()> work) {
    std::exception_ptr failure;
    bool full = false;
    co_await suspend([&](Resume resume) {
      MutexLock lock(mutex_);
      full = waiting_.size() >= max_waiting;
      if (full) {
        lock.unlock();
        resume();
        return;
      }
      waiting_.push_back([&work, &failure, resume = std::move(resume)] {
        try {
          work();
        } catch (...) {
          failure = std::current_exception();
        }
        resume();
      });
      lock.unlock();
      wake_.notify_one();
    });
    if (full)
      throw Error(ErrorCode::exhausted, "blobs_busy", "too many files are waiting to be read or written");
    if (failure) std::rethrow_exception(failure);
  }

 private:
  void run() {
    MutexLock lock(mutex_);
    while (true) {
      while (!stopping_ && waiting_.empty()) lock.wait(wake_);
      if (waiting_.empty()) return;
      auto work = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      work();
      work = nullptr;
      lock.lock();
    }
  }

  Mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> waiting_ GUARDED_BY(mutex_);
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

FileBlobs::FileBlobs(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::remove_all(folder_ / "unfinished");
  std::filesystem::create_directories(folder_ / "unfinished");
  sync_folder(folder_);
  worker_ = std::make_unique<Worker>();
}

FileBlobs::~FileBlobs() = default;

// "img/a.png" → "<folder>/3f/img%a.png.blob": flat, so that one key is never a folder of another.
std::filesystem::path FileBlobs::path_of(const std::string& key) const {
  constexpr char digits[] = "0123456789abcdef";
  auto shelf = bucket_of(key) % shelves;
  std::string name = key + ".blob";
  std::replace(name.begin(), name.end(), '/', '%');
  return folder_ / std::string{digits[shelf / 16], digits[shelf % 16]} / name;
}

// The file: the content type, a line feed, the bytes.
void FileBlobs::write(const std::filesystem::path& path, const BlobObject& object) {
  auto unfinished = folder_ / "unfinished" / std::to_string(++writes_);
  if (std::filesystem::create_directory(path.parent_path())) sync_folder(folder_);
  {
    File file(unfinished, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file) fail("create");
    file.write(object.content_type + "\n");
    file.write(object.bytes);
    file.sync();
  }
  if (::rename(unfinished.c_str(), path.c_str()) != 0) fail("rename");
  sync_folder(path.parent_path());
}

Task<void> FileBlobs::put(const Call&, std::string key, BlobObject object) {
  check_key(key);
  if (object.content_type.size() > max_content_type || object.content_type.find('\n') != std::string::npos) {
    throw_invalid("content_type", "content_type", "one line of at most 255 characters");
  }
  const auto path = path_of(key);
  co_await worker_->perform([&] { write(path, object); });
}

Task<std::optional<BlobObject>> FileBlobs::get(const Call&, std::string key) {
  check_key(key);
  const auto path = path_of(key);
  std::optional<BlobObject> object;
  co_await worker_->perform([&] {
    File file(path, O_RDONLY);
    if (!file && errno == ENOENT) return;
    if (!file) fail("open");
    auto bytes = file.read_all();
    auto line = bytes.find('\n');
    if (line == std::string::npos)
      throw Error(ErrorCode::internal, "blob_damaged", "a blob has no content type");
    object.emplace(BlobObject{bytes.substr(line + 1), bytes.substr(0, line)});
  });
  co_return object;
}

Task<void> FileBlobs::remove(const Call&, std::string key) {
  check_key(key);
  const auto path = path_of(key);
  co_await worker_->perform([&] {
    if (::unlink(path.c_str()) == 0) return sync_folder(path.parent_path());
    if (errno != ENOENT) fail("unlink");
  });
}

}  // namespace bramble
