#include "engines/http/static_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "ports/http_encoding.h"

namespace bramble {
namespace {

constexpr std::size_t largest_file = 64 << 20;
constexpr std::size_t hash_length = 8;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};

struct File {
  Descriptor descriptor;
  struct stat about;
  std::string_view encoding;  // "br", "gzip" or nothing
};

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;  // not included
};

std::string_view content_type(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> types = {{
      {"html", "text/html; charset=utf-8"},
      {"js", "text/javascript; charset=utf-8"},
      {"mjs", "text/javascript; charset=utf-8"},
      {"css", "text/css; charset=utf-8"},
      {"json", "application/json"},
      {"map", "application/json"},
      {"webmanifest", "application/manifest+json"},
      {"svg", "image/svg+xml"},
      {"txt", "text/plain; charset=utf-8"},
      {"xml", "application/xml"},
      {"png", "image/png"},
      {"jpg", "image/jpeg"},
      {"jpeg", "image/jpeg"},
      {"webp", "image/webp"},
      {"avif", "image/avif"},
      {"gif", "image/gif"},
      {"ico", "image/x-icon"},
      {"woff2", "font/woff2"},
      {"woff", "font/woff"},
      {"pdf", "application/pdf"},
      {"wasm", "application/wasm"},
      {"mp4", "video/mp4"},
  }};
  auto dot = name.rfind('.');
  auto extension = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
  for (const auto& [known, type] : types) {
    if (known == extension) return type;
  }
  return "application/octet-stream";
}

// "app-3f9a1c2b.js", "index-DkX7_aQ2.css": the name changes whenever the bytes do.
bool has_hash(std::string_view name) {
  auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  auto stem = name.substr(0, dot);
  auto part = stem.substr(std::min(stem.find_last_of("-.") + 1, stem.size()));
  // A hash may itself hold a '-': then what is behind the first one is looked at too.
  if (part.size() < hash_length && stem.size() > hash_length && stem[stem.size() - hash_length - 1] == '-') {
    part = stem.substr(stem.size() - hash_length);
  }
  if (part.size() < hash_length || part.size() == stem.size()) return false;
  auto rest = part.substr(1);
  auto is_mark = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return std::any_of(rest.begin(), rest.end(), is_mark);
}

// The names on the way to the file, or nothing for a path that is not one of ours.
std::optional<std::vector<std::string>> segments_of(std::string_view path) {
  auto decoded = percent_decode(path, false);
  if (!decoded || !decoded->starts_with('/') || decoded->find('\0') != std::string::npos) return std::nullopt;
  if (decoded->ends_with('/')) *decoded += "index.html";
  std::vector<std::string> segments;
  std::string_view rest(*decoded);
  while (!rest.empty()) {
    rest.remove_prefix(1);
    auto end = std::min(rest.find('/'), rest.size());
    auto name = rest.substr(0, end);
    // Hidden files, "." and "..", and "//" alike.
    if (name.empty() || name.front() == '.' || name.find('\\') != std::string_view::npos) return std::nullopt;
    segments.emplace_back(name);
    rest.remove_prefix(end);
  }
  return segments;
}

Descriptor open_folder(int root, const std::vector<std::string>& segments) {
  Descriptor at(::fcntl(root, F_DUPFD_CLOEXEC, 0));
  for (std::size_t i = 0; at && i + 1 < segments.size(); ++i) {
    at = Descriptor(::openat(at.get(), segments[i].c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  }
  return at;
}

std::optional<File> open_file(int folder, const std::string& name, std::string_view encoding) {
  File file{Descriptor(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)),
            {},
            encoding};
  if (!file.descriptor || ::fstat(file.descriptor.get(), &file.about) != 0) return std::nullopt;
  bool servable = S_ISREG(file.about.st_mode) && static_cast<std::size_t>(file.about.st_size) <= largest_file;
  return servable ? std::optional(std::move(file)) : std::nullopt;
}

std::string etag_of(const File& file) {
  auto hex = [](auto number) {
    std::array<char, 16> digits;
    auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<std::uint64_t>(number), 16)
            .ptr;
    return std::string(digits.data(), end);
  };
  auto nanoseconds = file.about.st_mtim.tv_sec * 1'000'000'000 + file.about.st_mtim.tv_nsec;
  std::string tag = "\"" + hex(nanoseconds) + "-" + hex(file.about.st_size);
  if (!file.encoding.empty()) tag.append("-").append(file.encoding);
  return tag + "\"";
}

bool matches(std::string_view list, std::string_view etag) {
  while (!list.empty()) {
    auto comma = std::min(list.find(','), list.size());
    auto item = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == etag || item == "*") return true;
  }
  return false;
}

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

enum class RangeKind { none, valid, beyond };

// One range of bytes; anything else is as if nothing had been asked (RFC 9110 allows it).
RangeKind parse_range(std::string_view text, std::size_t size, Range& range) {
  if (!text.starts_with("bytes=") || text.find(',') != std::string_view::npos) return RangeKind::none;
  text.remove_prefix(6);
  auto dash = text.find('-');
  if (dash == std::string_view::npos) return RangeKind::none;
  auto first = number(text.substr(0, dash));
  auto last = number(text.substr(dash + 1));
  if (!first) {
    if (dash != 0 || !last) return RangeKind::none;
    if (*last == 0 || size == 0) return RangeKind::beyond;
    range = {size - std::min(size, *last), size};
    return RangeKind::valid;
  }
  bool open_end = dash + 1 == text.size();
  if ((!open_end && !last) || (last && *last < *first)) return RangeKind::none;
  if (*first >= size) return RangeKind::beyond;
  range = {*first, last ? std::min(*last, size - 1) + 1 : size};
  return RangeKind::valid;
}

bool read_range(const File& file, Range range, std::string& body) {
  body.resize(range.end - range.begin);
  std::size_t done = 0;
  while (done < body.size()) {
    auto count = ::pread(file.descriptor.get(), body.data() + done, body.size() - done,
                         static_cast<off_t>(range.begin + done));
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return true;
}

HttpResponse answer(const File& file, const std::string& name, const HttpHeaders& asked) {
  auto size = static_cast<std::size_t>(file.about.st_size);
  auto etag = etag_of(file);
  HttpResponse response;
  response.headers.add("ETag", etag);
  response.headers.add("Cache-Control", has_hash(name) ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.add("Vary", "Accept-Encoding");
  if (asked.has("If-None-Match") && matches(asked.get("If-None-Match"), etag)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", std::string(content_type(name)));
  response.headers.add("X-Content-Type-Options", "nosniff");
  if (!file.encoding.empty()) response.headers.add("Content-Encoding", std::string(file.encoding));
  if (file.encoding.empty()) response.headers.add("Accept-Ranges", "bytes");
  Range range{0, size};
  bool ranged = asked.has("Range") && (!asked.has("If-Range") || asked.get("If-Range") == etag);
  auto kind =
      ranged && file.encoding.empty() ? parse_range(asked.get("Range"), size, range) : RangeKind::none;
  if (kind == RangeKind::beyond) {
    response.status = 416;
    response.headers.add("Content-Range", "bytes */" + std::to_string(size));
    return response;
  }
  if (kind == RangeKind::valid) {
    response.status = 206;
    response.headers.add("Content-Range", "bytes " + std::to_string(range.begin) + "-" +
                                              std::to_string(range.end - 1) + "/" + std::to_string(size));
  }
  if (!read_range(file, range, response.body)) {
    throw Error(ErrorCode::unavailable, "file_changed", "The file changed while it was read.");
  }
  return response;
}

}  // namespace

StaticFiles::StaticFiles(const std::string& folder)
    : folder_(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
  if (folder_ < 0) throw Error(ErrorCode::internal, "no_such_folder", "There is no folder " + folder + ".");
}

StaticFiles::~StaticFiles() { ::close(folder_); }

std::optional<HttpResponse> StaticFiles::find(std::string_view path, const HttpHeaders& asked) const {
  auto segments = segments_of(path);
  if (!segments || segments->empty()) return std::nullopt;
  auto folder = open_folder(folder_, *segments);
  if (!folder) return std::nullopt;
  const auto& name = segments->back();
  auto accepted = parse_accept_encoding(asked.get("Accept-Encoding"));
  if (asked.has("Range")) accepted = {};
  auto plain = open_file(folder.get(), name, {});
  if (!plain) return std::nullopt;
  std::optional<File> file;
  if (accepted.brotli) file = open_file(folder.get(), name + ".br", "br");
  if (!file && accepted.gzip) file = open_file(folder.get(), name + ".gz", "gzip");
  return answer(file ? *file : *plain, name, asked);
}

HttpHandler serve_files(const std::string& folder, HttpHandler otherwise) {
  auto files = std::make_shared<StaticFiles>(folder);
  return [files, otherwise = std::move(otherwise)](HttpRequest request) -> Task<HttpResponse> {
    if (request.method == "GET") {
      if (auto found = files->find(request.path, request.headers)) {
        // Not a coroutine of this lambda: it must not outlive its captures.
        return [](HttpResponse response) -> Task<HttpResponse> { co_return response; }(std::move(*found));
      }
    }
    return otherwise(std::move(request));
  };
}

}  // namespace bramble
