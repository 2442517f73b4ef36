#include "engines/http/request_reader.h"

#include <boost/beast/http/basic_parser.hpp>

#include "base/text.h"
#include "ports/http_encoding.h"

namespace bramble::http {
namespace beast = boost::beast;
using beast::http::field;
using ErrorCodeOut = beast::error_code;

namespace {

constexpr RequestError malformed{400, "malformed_request", "The request is not valid HTTP."};
constexpr RequestError bad_length{400, "malformed_request", "The length of the body is not given clearly."};
constexpr RequestError bad_host{400, "malformed_request",
                                "The Host header must be given once and name a host."};
constexpr RequestError bad_target{400, "malformed_request", "The request target is not a valid path."};
constexpr RequestError folded{400, "malformed_request", "A header field must be on one line."};
constexpr RequestError repeated{400, "malformed_request", "A header that decides may be given only once."};
constexpr RequestError body_too_large{413, "body_too_large", "The body is larger than allowed."};
constexpr RequestError header_too_large{431, "header_too_large", "The header is larger than allowed."};
constexpr RequestError url_too_long{414, "url_too_long", "The URL is longer than allowed."};

// The longest method plus " HTTP/1.1" and line ends: what a request line has beside its URL.
constexpr std::size_t line_overhead = 48;
constexpr std::size_t usual_fields = 12;
constexpr std::size_t last_chunk_bytes = 5;  // "0\r\n\r\n"
constexpr std::size_t first_body_bytes = 64 << 10;

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_host_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~!$&'()*+,;=:[]%").find(c) != std::string_view::npos;
}

// reg-name, IPv4 or [IPv6], and perhaps a port. An empty Host is valid HTTP but names nobody we could be.
bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 255 || !std::all_of(text.begin(), text.end(), is_host_char)) return false;
  std::string_view rest = text;
  if (rest.front() == '[') {
    auto end = rest.find(']');
    if (end == std::string_view::npos) return false;
    rest.remove_prefix(end + 1);
    return rest.empty() || (rest.front() == ':' && (rest.size() == 1 || is_digits(rest.substr(1))));
  }
  auto colon = rest.find(':');
  if (colon == 0 || rest.find_first_of("[]") != std::string_view::npos) return false;
  return colon == std::string_view::npos || colon + 1 == rest.size() || is_digits(rest.substr(colon + 1));
}

bool same_word(std::string_view left, std::string_view right) { return beast::iequals(left, right); }

// Of two different ones a proxy before us may believe the other.
bool decides(field name, std::string_view text) {
  return name == field::authorization || name == field::content_type || name == field::if_match ||
         same_word(text, "Idempotency-Key");
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct RequestReader::Parser {
  // Beast's grammar and framing; what it reads goes straight into the HttpRequest.
  struct Grammar : beast::http::basic_parser<true> {
    explicit Grammar(Parser& out) : out(out) {
      this->eager(true);
      this->body_limit(out.limits.body_bytes);
      // Beast may hold the request line back until the header is whole.
      this->header_limit(
          static_cast<std::uint32_t>(out.limits.url_bytes + line_overhead + out.limits.header_bytes));
    }

    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                         ErrorCodeOut& failure) override {
      out.one_zero = version < 11;
      this->header_limit(static_cast<std::uint32_t>(out.limits.header_bytes));
      out.begin(view(method), view(target));
      out.report(failure);
    }
    void on_response_impl(int, beast::string_view, int, ErrorCodeOut&) override {}
    void on_field_impl(field name, beast::string_view text, beast::string_view value,
                       ErrorCodeOut& failure) override {
      out.add_field(name, view(text), view(value));
      out.report(failure);
    }
    void on_header_impl(ErrorCodeOut& failure) override {
      out.end_header(*this);
      out.report(failure);
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCodeOut&) override {
      // Memory follows what arrives, not what is announced.
      if (length) out.request.body.reserve(std::min<std::size_t>(*length, first_body_bytes));
    }
    std::size_t on_body_impl(beast::string_view bytes, ErrorCodeOut&) override {
      out.request.body.append(bytes.data(), bytes.size());
      return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, ErrorCodeOut&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, ErrorCodeOut&) override {
      out.request.body.append(bytes.data(), bytes.size());
      return bytes.size();
    }
    void on_finish_impl(ErrorCodeOut&) override { out.state = ReadState::complete; }

    Parser& out;
  };

  explicit Parser(const HttpLimits& limits) : limits(limits) { restart(); }

  void restart() {
    request = {};
    state = ReadState::head;
    refusal = {};
    hosts = lengths = 0;
    header_bytes = announced = 0;
    one_zero = header_done = line_done = coded = expects = false;
    accepted = {};
    grammar.emplace(*this);
  }

  void refuse(const RequestError& why) {
    if (state != ReadState::refused) refusal = why;
    state = ReadState::refused;
  }
  // Stops Beast at once when we have refused what it just read.
  void report(ErrorCodeOut& failure) const {
    if (state == ReadState::refused) failure = beast::http::error::bad_field;
  }

  void begin(std::string_view method, std::string_view target) {
    line_done = true;
    if (target.size() > limits.url_bytes) return refuse(url_too_long);
    if (target.starts_with("http://") || target.starts_with("https://")) {
      target.remove_prefix(target.find("://") + 3);
      auto end = target.find_first_of("/?");
      if (!is_host(target.substr(0, end))) return refuse(bad_target);
      target = end == std::string_view::npos ? "/" : target.substr(end);
    }
    auto question = target.find('?');
    request.method = method;
    request.path = target.substr(0, question);
    if (request.path.empty()) request.path = "/";
    if (question != std::string_view::npos) request.query = target.substr(question + 1);
    bool whole_server = method == "OPTIONS" && target == "*";
    bool valid = (request.path[0] == '/' || whole_server) && target.find('#') == std::string_view::npos;
    if (!valid || !is_utf8(target)) refuse(bad_target);
    request.headers.reserve(usual_fields);
  }

  void add_field(field name, std::string_view text, std::string_view value) {
    header_bytes += text.size() + value.size() + 4;
    if (header_bytes > limits.header_bytes) return refuse(header_too_large);
    if (header_done) return;  // a trailer: nobody asked for it, and nothing may be decided by it
    switch (name) {
      case field::host:
        if (++hosts > 1 || !is_host(value)) return refuse(bad_host);
        break;
      case field::content_length:
        if (++lengths > 1 || coded || !is_digits(value)) return refuse(bad_length);
        break;
      case field::transfer_encoding:
        if (coded || lengths > 0 || one_zero || !same_word(value, "chunked")) return refuse(bad_length);
        coded = true;
        break;
      case field::expect: expects = same_word(value, "100-continue") && !one_zero; break;
      case field::accept_encoding: accepted = parse_accept_encoding(value); break;
      case field::cookie:
        // Clients of HTTP/2 may split it, and a proxy may pass it on like that.
        if (request.headers.has("Cookie"))
          return request.headers.set("Cookie",
                                     std::string(request.headers.get("Cookie")).append("; ").append(value));
        break;
      default:
        if (decides(name, text) && request.headers.has(text)) return refuse(repeated);
    }
    request.headers.add(std::string(text), std::string(value));
  }

  void end_header(const Grammar& parsed) {
    header_done = true;
    if (hosts == 0 && !one_zero) return refuse(bad_host);
    if (auto length = parsed.content_length()) announced = static_cast<std::size_t>(*length);
    keeps_alive = parsed.keep_alive();
    state = ReadState::body;
  }

  // Beast joins a line that begins with white space to the one before it, while what stands between us and
  // the client may read two. It takes whole lines, so these bytes begin with one; an empty line is the last.
  bool has_folded_line(std::string_view bytes) const {
    if (line_done && bytes.starts_with('\r')) return false;
    if (line_done && !bytes.empty() && is_blank(bytes.front())) return true;
    auto header = bytes.substr(0, bytes.find("\r\n\r\n"));
    for (auto at = header.find('\n'); at != std::string_view::npos; at = header.find('\n', at + 1)) {
      if (at + 1 < header.size() && is_blank(header[at + 1])) return true;
    }
    return false;
  }

  const RequestError& reason_of(const ErrorCodeOut& failure) const {
    namespace http = beast::http;
    if (failure == http::error::body_limit) return body_too_large;
    if (failure == http::error::header_limit) return header_too_large;
    if (failure == http::error::bad_content_length || failure == http::error::multiple_content_length ||
        failure == http::error::bad_transfer_encoding) {
      return bad_length;
    }
    return failure == http::error::bad_target ? bad_target : malformed;
  }

  std::size_t feed(std::string_view bytes) {
    if (state == ReadState::complete || state == ReadState::refused) return 0;
    // No chunked body ends with fewer bytes than these, and Beast 1.81 trips over fewer behind its last
    // chunk.
    if (coded && header_done && bytes.size() < last_chunk_bytes) return 0;
    auto longest_line = limits.url_bytes + line_overhead;
    if (!line_done && bytes.size() > longest_line &&
        bytes.substr(0, longest_line).find("\r\n") == std::string::npos) {
      refuse(url_too_long);
      return 0;
    }
    if (!header_done && has_folded_line(bytes)) {
      refuse(folded);
      return 0;
    }
    ErrorCodeOut failure;
    auto used = grammar->put(boost::asio::const_buffer(bytes.data(), bytes.size()), failure);
    if (failure && failure != beast::http::error::need_more) refuse(reason_of(failure));
    return used;
  }

  const HttpLimits limits;
  std::optional<Grammar> grammar;
  HttpRequest request;
  ReadState state = ReadState::head;
  RequestError refusal;
  AcceptEncoding accepted;
  int hosts = 0;
  int lengths = 0;
  std::size_t header_bytes = 0;
  std::size_t announced = 0;
  bool one_zero = false;
  bool line_done = false;
  bool header_done = false;
  bool coded = false;
  bool expects = false;
  bool keeps_alive = false;
};

RequestReader::RequestReader(const HttpLimits& limits) : parser_(std::make_unique<Parser>(limits)) {}
RequestReader::~RequestReader() = default;

void RequestReader::restart() { parser_->restart(); }
std::size_t RequestReader::feed(std::string_view bytes) { return parser_->feed(bytes); }
ReadState RequestReader::state() const { return parser_->state; }
const RequestError& RequestReader::refusal() const { return parser_->refusal; }
HttpRequest RequestReader::take_request() { return std::move(parser_->request); }
bool RequestReader::expects_continue() const { return parser_->expects; }
bool RequestReader::keep_alive() const { return parser_->keeps_alive; }
bool RequestReader::http_1_0() const { return parser_->one_zero; }
bool RequestReader::accepts_brotli() const { return parser_->accepted.brotli; }
bool RequestReader::accepts_gzip() const { return parser_->accepted.gzip; }
std::size_t RequestReader::body_bytes_announced() const { return parser_->announced; }

}  // namespace bramble::http
