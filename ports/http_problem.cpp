#include "ports/http_problem.h"

#include <array>

namespace bramble {
namespace {

// The length of the well-formed UTF-8 sequence that the text begins with, or 0.
std::size_t sequence_length(std::string_view text) {
  auto first = static_cast<unsigned char>(text[0]);
  std::size_t length = first < 0x80   ? 1
                       : first < 0xC2 ? 0
                       : first < 0xE0 ? 2
                       : first < 0xF0 ? 3
                       : first < 0xF5 ? 4
                                      : 0;
  if (length == 0 || length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  }
  if (length < 3) return length;
  auto second = static_cast<unsigned char>(text[1]);
  bool wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
               (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return wrong ? 0 : length;
}

void append_escaped(std::string& json, unsigned char c) {
  switch (c) {
    case '"': json += "\\\""; return;
    case '\\': json += "\\\\"; return;
    case '\n': json += "\\n"; return;
    case '\r': json += "\\r"; return;
    case '\t': json += "\\t"; return;
    default: break;
  }
  constexpr std::string_view digits = "0123456789abcdef";
  json += "\\u00";
  json.push_back(digits[c >> 4]);
  json.push_back(digits[c & 15]);
}

void append_member(std::string& json, std::string_view name, std::string_view value) {
  json.push_back(',');
  append_json_string(json, name);
  json.push_back(':');
  append_json_string(json, value);
}

void append_errors(std::string& json, const std::vector<FieldError>& fields) {
  json += ",\"errors\":[";
  for (const auto& field : fields) {
    if (json.back() == '}') json.push_back(',');
    json += "{\"field\":";
    append_json_string(json, field.field);
    append_member(json, "code", field.code);
    append_member(json, "detail", field.detail);
    json.push_back('}');
  }
  json.push_back(']');
}

}  // namespace

int http_status(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid: return 400;
    case ErrorCode::unauthenticated: return 401;
    case ErrorCode::forbidden: return 403;
    case ErrorCode::not_found: return 404;
    case ErrorCode::conflict: return 409;
    case ErrorCode::exhausted: return 429;
    case ErrorCode::unavailable: return 503;
    case ErrorCode::timeout: return 504;
    case ErrorCode::internal: return 500;
  }
  return 500;
}

std::string_view http_phrase(int status) {
  struct Phrase {
    int status;
    std::string_view text;
  };
  static constexpr std::array<Phrase, 40> phrases = {{
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {402, "Payment Required"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {411, "Length Required"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {416, "Range Not Satisfiable"},
      {417, "Expectation Failed"},
      {421, "Misdirected Request"},
      {422, "Unprocessable Content"},
      {423, "Locked"},
      {425, "Too Early"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
  }};
  for (const auto& phrase : phrases) {
    if (phrase.status == status) return phrase.text;
  }
  return "Unknown";
}

void append_json_string(std::string& json, std::string_view text) {
  json.push_back('"');
  while (!text.empty()) {
    auto plain = [](unsigned char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; };
    std::size_t run = 0;
    while (run < text.size() && plain(static_cast<unsigned char>(text[run]))) ++run;
    json.append(text.substr(0, run));
    text.remove_prefix(run);
    if (text.empty()) break;
    auto length = sequence_length(text);
    if (length == 0) {
      json += "\xEF\xBF\xBD";
    } else if (length == 1) {
      append_escaped(json, static_cast<unsigned char>(text[0]));
    } else {
      json.append(text.substr(0, length));
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  json.push_back('"');
}

HttpResponse problem_response(int status, std::string_view code, std::string_view title,
                              std::string_view detail, std::string_view request_id,
                              const std::vector<FieldError>& fields, std::string_view extra) {
  HttpResponse response;
  response.status = status;
  response.headers.add("Content-Type", "application/problem+json");
  response.headers.add("Cache-Control", "no-store");
  if (status == 401) response.headers.add("WWW-Authenticate", "Bearer");
  if (status == 429 || status == 503) response.headers.add("Retry-After", "1");
  auto& json = response.body;
  json = "{\"type\":\"about:blank\"";
  append_member(json, "title", title.empty() ? http_phrase(status) : title);
  json += ",\"status\":" + std::to_string(status);
  append_member(json, "detail", detail);
  append_member(json, "code", code);
  append_member(json, "request_id", request_id);
  if (!fields.empty()) append_errors(json, fields);
  if (!extra.empty()) json.append(",").append(extra);
  json.push_back('}');
  return response;
}

HttpResponse problem_response(const Error& error, std::string_view request_id) {
  auto hidden = hidden_detail_of(error.code);
  bool ours = error.code == ErrorCode::internal;
  return problem_response(http_status(error.code), ours ? "internal" : std::string_view(error.reason), {},
                          hidden.empty() ? std::string_view(error.message) : hidden, request_id,
                          error.fields);
}

std::string_view hidden_detail_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::internal:
      return "Something went wrong on our side; the request id helps to find out what.";
    case ErrorCode::unavailable: return "This does not work at the moment; try again soon.";
    case ErrorCode::timeout: return "This took too long; try again soon.";
    default: return {};
  }
}

}  // namespace bramble
