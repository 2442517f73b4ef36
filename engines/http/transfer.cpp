#include "engines/http/transfer.h"

namespace bramble::http {
namespace {

constexpr long connect_timeout_ms = 10'000;
constexpr long idle_connection_s = 60;
constexpr std::size_t most_header_bytes = 256 << 10;
constexpr std::size_t expect_threshold = 64 << 10;

std::string_view trim(std::string_view text) {
  auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
}

// "http://127.0.0.1:8090": paths and queries may hold what does not belong into a message.
std::string origin_of(const std::string& url) {
  auto host = url.find("://");
  auto start = host == std::string::npos ? 0 : host + 3;
  auto end = url.find_first_of("/?#", start);
  auto at = url.substr(0, end).find('@');
  return at == std::string::npos ? url.substr(0, end) : "the server";
}

}  // namespace

Transfer::Transfer() : easy_(curl_easy_init()) {
  if (!easy_) throw Error(ErrorCode::internal, "internal", "curl cannot be used");
  curl_easy_setopt(easy_, CURLOPT_PRIVATE, this);
  curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy_, CURLOPT_QUICK_EXIT, 1L);  // giving up must not wait for a name server
  curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(easy_, CURLOPT_TCP_NODELAY, 1L);
  curl_easy_setopt(easy_, CURLOPT_PROXY, "");
  curl_easy_setopt(easy_, CURLOPT_CONNECTTIMEOUT_MS, connect_timeout_ms);
  curl_easy_setopt(easy_, CURLOPT_MAXAGE_CONN, idle_connection_s);
  curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(easy_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy_, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  curl_easy_setopt(easy_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(easy_, CURLOPT_PREREQFUNCTION, &Transfer::on_request);
  curl_easy_setopt(easy_, CURLOPT_PREREQDATA, this);
}

Transfer::~Transfer() { curl_easy_cleanup(easy_); }

void Transfer::prepare(const HttpClientRequest& request, const HttpClientLimits& limits) {
  if (has_control(request.url) || has_control(request.method)) {
    throw Error(ErrorCode::invalid, "invalid_request", "The URL or method holds control characters.");
  }
  request_ = &request;
  most_bytes_ = limits.response_bytes;
  header_bytes_ = 0;
  attempts_ = 0;
  too_large_ = in_curl = done = false;
  response = {};
  failure.reset();
  curl_easy_setopt(easy_, CURLOPT_URL, request.url.c_str());
  set_method(request);
  set_headers(request);
}

void Transfer::set_method(const HttpClientRequest& request) {
  bool with_body = !request.body.empty() || (request.method != "GET" && request.method != "HEAD" &&
                                             request.method != "DELETE" && request.method != "OPTIONS");
  auto shape = request.method + (with_body ? "+" : "");
  if (shape != method_) {
    curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, nullptr);
    curl_easy_setopt(easy_, CURLOPT_HTTPGET, 1L);  // also takes back NOBODY and POST
    if (with_body) curl_easy_setopt(easy_, CURLOPT_POST, 1L);
    if (request.method == "HEAD") {
      curl_easy_setopt(easy_, CURLOPT_NOBODY, 1L);
    } else if (request.method != (with_body ? "POST" : "GET")) {
      curl_easy_setopt(easy_, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    method_ = std::move(shape);
  }
  if (!with_body) return;
  curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, request.body.c_str());
}

void Transfer::set_headers(const HttpClientRequest& request) {
  lines_.clear();
  for (const auto& [name, value] : request.headers) {
    if (has_control(name) || has_control(value)) {
      throw Error(ErrorCode::invalid, "invalid_request", "A header holds control characters.");
    }
    // curl's spelling of a field without a value.
    add_line(value.empty() ? name + ";" : name + ": " + value);
  }
  if (!request.headers.has("Content-Type")) add_line("Content-Type:");
  if (request.body.size() > expect_threshold) add_line("Expect:");
  list_.resize(lines_.size());
  for (std::size_t i = 0; i < list_.size(); ++i) {
    list_[i] = {lines_[i].data(), i + 1 < list_.size() ? &list_[i + 1] : nullptr};
  }
  curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, list_.data());
}

void Transfer::add_line(std::string line) { lines_.push_back(std::move(line)); }

void Transfer::clear() {
  request_ = nullptr;
  waiter.reset();
}

void Transfer::finish(CURLcode result) {
  done = true;
  if (result == CURLE_OK) {
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    response.status = static_cast<int>(status);
    return;
  }
  auto origin = origin_of(request_->url);
  if (result == CURLE_OPERATION_TIMEDOUT) {
    failure =
        std::make_unique<Error>(ErrorCode::timeout, "http_timeout", origin + " did not answer in time.");
  } else if (too_large_) {
    failure =
        std::make_unique<Error>(ErrorCode::unavailable, "http_too_large", origin + " answered too much.");
  } else {
    failure = std::make_unique<Error>(ErrorCode::unavailable, "http_unavailable",
                                      origin + ": " + curl_easy_strerror(result) + ".");
  }
}

void Transfer::expire() { finish(CURLE_OPERATION_TIMEDOUT); }

std::size_t Transfer::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (transfer.response.body.size() + size * count > transfer.most_bytes_) {
    transfer.too_large_ = true;
    return 0;
  }
  transfer.response.body.append(bytes, size * count);
  return size * count;
}

std::size_t Transfer::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  auto& headers = transfer.response.headers;
  std::string_view line(bytes, size * count);
  transfer.header_bytes_ += line.size();
  if (transfer.header_bytes_ > most_header_bytes) {
    transfer.too_large_ = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) {
    headers = {};  // what came before belonged to an interim answer
    headers.reserve(8);
    return line.size();
  }
  auto colon = line.find(':');
  if (colon == std::string_view::npos) return line.size();
  headers.add(std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1))));
  return line.size();
}

// curl sends a request again when a reused connection turns out dead. The first sending may have been acted
// upon, so only what changes nothing may go twice.
int Transfer::on_request(void* self, char*, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(self);
  bool harmless = transfer.request_->method == "GET" || transfer.request_->method == "HEAD";
  return transfer.attempts_++ == 0 || harmless ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

}  // namespace bramble::http
