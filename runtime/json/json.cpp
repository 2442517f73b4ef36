#include "runtime/json/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include <charconv>
#include <cmath>

#include "base/text.h"

namespace bramble {
namespace {

constexpr std::size_t deepest = 32;
constexpr std::size_t most_errors = 50;

// Builds a JsonValue from the parser's events.
struct DocumentHandler {
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using Code = boost::json::error_code;
  using Text = boost::json::string_view;

  struct Level {
    JsonValue value;
    std::string key;
  };
  std::vector<Level> levels;
  JsonValue root;
  std::string text;
  bool repeated_key = false;

  void put(JsonValue value) {
    if (levels.empty()) {
      root = std::move(value);
    } else if (auto* array = std::get_if<JsonArray>(&levels.back().value.content)) {
      array->push_back(std::move(value));
    } else {
      auto& level = levels.back();
      if (level.value.find(level.key)) repeated_key = true;
      std::get<JsonObject>(level.value.content).emplace_back(std::move(level.key), std::move(value));
    }
  }
  void close() {
    auto value = std::move(levels.back().value);
    levels.pop_back();
    put(std::move(value));
  }

  bool on_document_begin(Code&) { return true; }
  bool on_document_end(Code&) { return true; }
  bool on_array_begin(Code&) {
    levels.push_back({JsonValue(JsonArray()), {}});
    return true;
  }
  bool on_array_end(std::size_t, Code&) {
    close();
    return true;
  }
  bool on_object_begin(Code&) {
    levels.push_back({JsonValue(JsonObject()), {}});
    return true;
  }
  bool on_object_end(std::size_t, Code&) {
    close();
    return true;
  }
  bool on_string_part(Text part, std::size_t, Code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_string(Text part, std::size_t, Code&) {
    text.append(part.data(), part.size());
    put(JsonValue(std::exchange(text, {})));
    return true;
  }
  bool on_key_part(Text part, std::size_t, Code&) {
    text.append(part.data(), part.size());
    return true;
  }
  bool on_key(Text part, std::size_t, Code&) {
    text.append(part.data(), part.size());
    levels.back().key = std::exchange(text, {});
    return true;
  }
  bool on_number_part(Text, Code&) { return true; }
  bool on_int64(std::int64_t value, Text, Code&) {
    put(JsonValue(value));
    return true;
  }
  bool on_uint64(std::uint64_t value, Text, Code&) {
    put(JsonValue(static_cast<double>(value)));
    return true;
  }
  bool on_double(double value, Text, Code&) {
    put(JsonValue(value));
    return true;
  }
  bool on_bool(bool value, Code&) {
    put(JsonValue(value));
    return true;
  }
  bool on_null(Code&) {
    put(JsonValue());
    return true;
  }
  bool on_comment_part(Text, Code&) { return true; }
  bool on_comment(Text, Code&) { return true; }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool all_of(std::string_view text, bool (*test)(char)) { return std::all_of(text.begin(), text.end(), test); }

struct Pattern {
  std::string_view name;
  std::string_view allowed;
  bool (*matches)(std::string_view);
};

constexpr Pattern patterns[] = {
    {"phone", "a number in E.164 form: + and 8 to 15 digits",
     [](std::string_view text) {
       return text.size() >= 9 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
              all_of(text.substr(1), is_digit);
     }},
    {"code", "4 to 8 digits",
     [](std::string_view text) { return text.size() >= 4 && text.size() <= 8 && all_of(text, is_digit); }},
    {"word", "1 to 64 characters of a-z, A-Z, 0-9, '_', '-', '.', ':'",
     [](std::string_view text) {
       return !text.empty() && text.size() <= 64 && all_of(text, [](char c) {
         return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == ':';
       });
     }},
    {"email", "an address like name@example.org",
     [](std::string_view text) {
       auto at = text.find('@');
       return at != std::string_view::npos && at > 0 && text.rfind('@') == at && at + 3 < text.size() &&
              text.find('.', at) != std::string_view::npos && text.find(' ') == std::string_view::npos;
     }},
    {"currency", "three capital letters of ISO 4217",
     [](std::string_view text) { return text.size() == 3 && all_of(text, is_upper); }},
    {"idempotency", "1 to 255 printable ASCII characters",
     [](std::string_view text) {
       return !text.empty() && text.size() <= 255 && all_of(text, [](char c) { return c > 0x20 && c < 0x7F; });
     }},
};

void check_pattern(std::string_view text, std::string_view name, const std::string& path, JsonErrors& errors) {
  for (const auto& pattern : patterns) {
    if (pattern.name == name && !pattern.matches(text)) errors.add(path, "malformed", std::string(pattern.allowed));
  }
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t' && c != '\r') || byte == 0x7F;
  });
}

// The whole text as a number, or nothing.
template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

void JsonWriter::integer(std::int64_t value) {
  comma();
  std::array<char, 24> digits{};
  auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out_.append(digits.data(), end);
}

void JsonWriter::real(double value) {
  if (!std::isfinite(value)) return null();
  comma();
  std::array<char, 40> digits{};
  auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out_.append(digits.data(), end);
}

void JsonWriter::quoted(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  bool clean = is_utf8(text);
  out_.push_back('"');
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    bool bad = byte >= 0x80 && !clean;
    if (byte >= 0x20 && byte != '"' && byte != '\\' && !bad) continue;
    out_.append(text.substr(from, i - from));
    from = i + 1;
    switch (byte) {
      case '"': out_.append("\\\""); break;
      case '\\': out_.append("\\\\"); break;
      case '\n': out_.append("\\n"); break;
      case '\r': out_.append("\\r"); break;
      case '\t': out_.append("\\t"); break;
      default:
        if (bad) {
          out_.append("\xEF\xBF\xBD");
        } else {
          out_.append("\\u00").push_back(hex[byte >> 4]);
          out_.push_back(hex[byte & 15]);
        }
    }
  }
  out_.append(text.substr(from));
  out_.push_back('"');
}

JsonValue JsonValue::parse(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = deepest;
  boost::json::basic_parser<DocumentHandler> parser(options);
  boost::json::error_code failure;
  auto used = parser.write_some(false, text.data(), text.size(), failure);
  // What follows the value may be white space only.
  if (!failure && text.find_first_not_of(" \t\r\n", used) != std::string_view::npos) {
    failure = boost::json::error::extra_data;
  }
  if (failure || parser.handler().repeated_key) {
    auto why = failure ? failure.message() : std::string("a key is given twice");
    throw Error(ErrorCode::invalid, "malformed_json", "the body is not valid JSON: " + why);
  }
  return std::move(parser.handler().root);
}

const JsonValue* JsonValue::find(std::string_view name) const {
  auto* object = std::get_if<JsonObject>(&content);
  if (!object) return nullptr;
  for (const auto& [key, value] : *object) {
    if (key == name) return &value;
  }
  return nullptr;
}

void JsonValue::set(std::string name, JsonValue value) {
  if (!std::holds_alternative<JsonObject>(content)) content = JsonObject();
  auto& object = std::get<JsonObject>(content);
  std::erase_if(object, [&](const auto& member) { return member.first == name; });
  object.emplace_back(std::move(name), std::move(value));
}

void JsonErrors::add(std::string field, std::string code, std::string detail) {
  if (errors_.size() < most_errors) errors_.push_back({std::move(field), std::move(code), std::move(detail)});
}

void JsonErrors::check() const {
  if (errors_.empty()) return;
  const auto& first = errors_.front();
  auto message = (first.field.empty() ? std::string("the body") : first.field) + ": " + first.detail;
  throw Error(ErrorCode::invalid, "invalid_input", std::move(message), errors_);
}

void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors,
                std::string& out) {
  auto* text = std::get_if<std::string>(&value.content);
  if (!text) return errors.add(path, "wrong_type", "a text");
  if (!is_utf8(*text)) return errors.add(path, "malformed", "valid UTF-8");
  if (has_control_characters(*text)) return errors.add(path, "malformed", "text without control characters");
  if (utf8_length(*text) > rule.max_length) {
    return errors.add(path, "too_long", "at most " + std::to_string(rule.max_length) + " characters");
  }
  if (!rule.pattern.empty() && !text->empty()) check_pattern(*text, rule.pattern, path, errors);
  out = *text;
}

void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors,
                std::int64_t& out) {
  std::optional<std::int64_t> number;
  if (auto* whole = std::get_if<std::int64_t>(&value.content)) number = *whole;
  if (auto* text = std::get_if<std::string>(&value.content); text && errors.lenient) {
    number = number_of<std::int64_t>(*text);
  }
  if (auto* real = std::get_if<double>(&value.content); real && std::abs(*real) >= 9.2e18) {
    return errors.add(path, *real > 0 ? "too_large" : "too_small", "a whole number of 64 bits");
  }
  if (!number) return errors.add(path, "wrong_type", "a whole number of 64 bits");
  if (*number < rule.min) return errors.add(path, "too_small", "at least " + std::to_string(rule.min));
  if (*number > rule.max) return errors.add(path, "too_large", "at most " + std::to_string(rule.max));
  out = *number;
}

void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors,
                double& out) {
  std::optional<double> number;
  if (auto* whole = std::get_if<std::int64_t>(&value.content)) number = static_cast<double>(*whole);
  if (auto* real = std::get_if<double>(&value.content)) number = *real;
  if (auto* text = std::get_if<std::string>(&value.content); text && errors.lenient) number = number_of<double>(*text);
  if (!number || !std::isfinite(*number)) return errors.add(path, "wrong_type", "a number");
  if (rule.min != INT64_MIN && *number < static_cast<double>(rule.min)) {
    return errors.add(path, "too_small", "at least " + std::to_string(rule.min));
  }
  if (rule.max != INT64_MAX && *number > static_cast<double>(rule.max)) {
    return errors.add(path, "too_large", "at most " + std::to_string(rule.max));
  }
  out = *number;
}

void read_value(const JsonValue& value, const FieldRule&, const std::string& path, JsonErrors& errors, bool& out) {
  if (auto* given = std::get_if<bool>(&value.content)) {
    out = *given;
    return;
  }
  auto* text = std::get_if<std::string>(&value.content);
  if (text && errors.lenient && (*text == "true" || *text == "1" || *text == "false" || *text == "0")) {
    out = *text == "true" || *text == "1";
    return;
  }
  errors.add(path, "wrong_type", "true or false");
}

void read_value(const JsonValue& value, const FieldRule&, const std::string& path, JsonErrors& errors, Time& out) {
  auto* text = std::get_if<std::string>(&value.content);
  auto time = text ? parse_rfc3339(*text) : std::nullopt;
  if (!time) return errors.add(path, text ? "malformed" : "wrong_type", "a time as 2026-11-23T09:38:46.120Z");
  out = *time;
}

void read_value(const JsonValue& value, const FieldRule& rule, const std::string& path, JsonErrors& errors,
                Money& out) {
  if (!expect_object(value, path, errors)) return;
  FieldRule amount;
  amount.required = true;
  amount.min = std::max<std::int64_t>(rule.min, 0);
  read_field(value, "amount_minor", amount, path, errors, out.amount_minor);
  FieldRule currency;
  currency.required = true;
  currency.pattern = "currency";
  read_field(value, "currency", currency, path, errors, out.currency);
}

bool read_id_text(const JsonValue& value, std::string_view prefix, const std::string& path, JsonErrors& errors,
                  std::string& out) {
  auto* text = std::get_if<std::string>(&value.content);
  if (text && is_id_text(prefix, *text)) {
    out = *text;
    return true;
  }
  if (text && text->empty()) return false;
  errors.add(path, text ? "malformed" : "wrong_type", "an id as " + std::string(prefix) + "_…");
  return false;
}

const JsonObject* expect_object(const JsonValue& value, const std::string& path, JsonErrors& errors) {
  auto* object = std::get_if<JsonObject>(&value.content);
  if (!object) errors.add(path, "wrong_type", "an object");
  return object;
}

const JsonArray* expect_array(const JsonValue& value, const FieldRule& rule, const std::string& path,
                              JsonErrors& errors, JsonArray& single) {
  auto* array = std::get_if<JsonArray>(&value.content);
  if (!array && errors.lenient) {
    single.push_back(value);
    array = &single;
  }
  if (!array) {
    errors.add(path, "wrong_type", "a list");
    return nullptr;
  }
  if (array->size() > rule.max_items) {
    errors.add(path, "too_many", "at most " + std::to_string(rule.max_items));
    return nullptr;
  }
  return array;
}

bool is_blank(const JsonValue& value) {
  if (auto* text = std::get_if<std::string>(&value.content)) return text->empty();
  if (auto* array = std::get_if<JsonArray>(&value.content)) return array->empty();
  return false;
}

void write_value(JsonWriter& writer, const Money& money) {
  writer.begin_object();
  writer.key("amount_minor");
  writer.integer(money.amount_minor);
  writer.key("currency");
  writer.string(money.currency);
  writer.end_object();
}

}  // namespace bramble
