#include "engines/http/answer_text.h"

#include <openssl/rand.h>

#include <charconv>
#include <ctime>

#include "base/text.h"
#include "ports/http_problem.h"

namespace bramble::http {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same_name(std::string_view name, std::string_view lower_case) {
  return name.size() == lower_case.size() && std::equal(name.begin(), name.end(), lower_case.begin(),
                                                        [](char a, char b) { return lower(a) == b; });
}

// What only the server may say.
bool is_framing(std::string_view name) {
  switch (name.size()) {
    case 4: return same_name(name, "date");
    case 6: return same_name(name, "server");
    case 10: return same_name(name, "connection") || same_name(name, "keep-alive");
    case 14: return same_name(name, "content-length");
    case 17: return same_name(name, "transfer-encoding");
    default: return false;
  }
}

// What the handler has said itself.
struct Said {
  bool nosniff = false, policy = false, hsts = false;

  void note(std::string_view name) {
    switch (name.size()) {
      case 22: nosniff = nosniff || same_name(name, "x-content-type-options"); break;
      case 23: policy = policy || same_name(name, "content-security-policy"); break;
      case 25: hsts = hsts || same_name(name, "strict-transport-security"); break;
      default: break;
    }
  }
};

void append_value(std::string& out, std::string_view value) {
  auto start = out.size();
  out.append(value);
  for (auto at = start; at < out.size(); ++at) {
    if (static_cast<unsigned char>(out[at]) < 0x20 && out[at] != '\t') out[at] = ' ';
  }
}

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits;
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_answer_head(std::string& out, const HttpResponse& response, const AnswerForm& form) {
  Said said;
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::uint64_t>(std::clamp(response.status, 100, 999)));
  out.push_back(' ');
  out.append(http_phrase(response.status)).append("\r\nDate: ").append(form.date).append("\r\n");
  for (const auto& [name, value] : response.headers) {
    if (is_framing(name)) continue;
    said.note(name);
    append_value(out, name);
    out += ": ";
    append_value(out, value);
    out += "\r\n";
  }
  if (!said.nosniff) out += "X-Content-Type-Options: nosniff\r\n";
  if (!said.policy) out += "Content-Security-Policy: frame-ancestors 'none'\r\n";
  if (form.secure && !said.hsts) out.append("Strict-Transport-Security: ").append(http_hsts).append("\r\n");
  if (form.framing == Framing::chunked) {
    out += "Transfer-Encoding: chunked\r\n";
  } else if (form.framing == Framing::length && has_body(response.status)) {
    out += "Content-Length: ";
    append_number(out, response.body.size());
    out += "\r\n";
  }
  if (!form.keep_alive) {
    out += "Connection: close\r\n";
  } else if (form.http_1_0) {
    out += "Connection: keep-alive\r\n";
  }
  out += "\r\n";
}

std::string random_request_id() {
  std::array<unsigned char, 16> bytes{};
  RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
  return to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

HttpResponse refusal_response(const RequestError& refusal) {
  auto id = random_request_id();
  auto response = problem_response(refusal.status, refusal.code, {}, refusal.detail, id);
  response.headers.add("X-Request-Id", std::move(id));
  return response;
}

HttpResponse failure_response(std::exception_ptr failure) {
  auto id = random_request_id();
  auto response = [&] {
    try {
      std::rethrow_exception(failure);
    } catch (const Error& error) {
      return problem_response(error, id);
    } catch (...) {
      return problem_response(Error(ErrorCode::internal, "internal", ""), id);
    }
  }();
  response.headers.add("X-Request-Id", std::move(id));
  return response;
}

std::string http_date(std::int64_t unix_seconds) {
  auto seconds = static_cast<std::time_t>(unix_seconds);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::array<char, 64> text{};
  auto length = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                              days.at(static_cast<std::size_t>(parts.tm_wday)), parts.tm_mday,
                              months.at(static_cast<std::size_t>(parts.tm_mon)), parts.tm_year + 1900,
                              parts.tm_hour, parts.tm_min, parts.tm_sec);
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace bramble::http
