// Any path and any of the headers that decide about a file: nothing outside the folder is ever answered, and
// a part of a file is the part that was asked for.
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engines/http/static_files.h"
#include "ports/http_encoding.h"

namespace bramble {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view text = "0123456789abcdefghijklmnopqrstuvwxyz";

void require(bool condition) {
  if (!condition) std::abort();
}

class Folder {
 public:
  Folder() {
    auto pattern = (fs::temp_directory_path() / "bramble-fuzz-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    fs::create_directories(root_ / "site" / "a");
    std::ofstream(root_ / "secret") << "secret";
    std::ofstream(root_ / "site" / ".secret") << "secret";
    std::ofstream(root_ / "site" / "f") << text;
    std::ofstream(root_ / "site" / "f.gz") << "packed";
    std::ofstream(root_ / "site" / "a" / "index.html") << text;
    fs::create_symlink("../secret", root_ / "site" / "l");
    fs::create_directory_symlink("..", root_ / "site" / "u");
    files_ = std::make_unique<StaticFiles>((root_ / "site").string());
  }
  ~Folder() { fs::remove_all(root_); }
  const StaticFiles& files() const { return *files_; }

 private:
  fs::path root_;
  std::unique_ptr<StaticFiles> files_;
};

std::string next_line(std::string_view& rest) {
  auto end = std::min(rest.find('\n'), rest.size());
  std::string line(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

void check(const HttpResponse& answer) {
  if (answer.body.empty()) return require(answer.status == 304 || answer.status == 416);
  bool packed = answer.headers.get("Content-Encoding") == "gzip";
  if (answer.status == 200) return require(answer.body == (packed ? "packed" : text));
  require(answer.status == 206 && !packed);
  auto range = std::string(answer.headers.get("Content-Range"));
  unsigned first = 0;
  unsigned last = 0;
  unsigned size = 0;
  require(std::sscanf(range.c_str(), "bytes %u-%u/%u", &first, &last, &size) == 3);
  require(size == text.size() && first <= last && last < size);
  require(answer.body == text.substr(first, last - first + 1));
}

}  // namespace
}  // namespace bramble

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  static const Folder folder;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  auto path = "/" + next_line(rest);
  HttpHeaders asked;
  for (std::string name : {"Accept-Encoding", "Range", "If-None-Match", "If-Range"}) {
    if (auto value = next_line(rest); !value.empty()) asked.add(name, std::move(value));
  }
  if (auto answer = folder.files().find(path, asked)) check(*answer);
  return 0;
}
