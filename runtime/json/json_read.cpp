#include "runtime/json/json_read.h"

#include <algorithm>

#include "base/goods_code.h"
#include "base/phone/phone.h"
#include "base/text.h"

namespace bramble {
namespace {

constexpr std::size_t most_errors = 50;
constexpr std::size_t most_words_listed = 20;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

template <class Test>
bool all_of(std::string_view text, Test test) {
  return std::all_of(text.begin(), text.end(), test);
}

bool is_email(std::string_view text) {
  auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) return false;
  auto domain = text.substr(at + 1);
  bool shaped = domain.find('.') != std::string_view::npos && !domain.starts_with('.') &&
                !domain.ends_with('.') && domain.find("..") == std::string_view::npos;
  return shaped &&
         all_of(text.substr(0, at), [](char c) { return c > 0x20 && c < 0x7F && c != '@' && c != '"'; }) &&
         all_of(domain, [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '-'; });
}

std::string_view pattern_words(TextPattern pattern) {
  switch (pattern) {
    case TextPattern::none: return "";
    case TextPattern::phone: return words_of(PhoneFault::not_a_number);
    case TextPattern::code: return "must be 4 to 8 digits";
    case TextPattern::word: return "must be 1 to 64 of a-z, A-Z, 0-9, '_', '.', '-'";
    case TextPattern::email: return "must be an e-mail address";
    case TextPattern::currency: return "must be a currency such as RUB";
    case TextPattern::idempotency: return "must be 1 to 255 printable ASCII characters";
    case TextPattern::barcode: return "must be what a scanner reads, at most 255 characters";
  }
  return "";
}

// Whether a list such as "card, sbp" has the word.
bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    auto end = std::min(words.find(','), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 2, words.size()));
  }
  return false;
}

// In barcodes a group separator ends one of several values.
bool has_control_characters(std::string_view text, TextPattern pattern) {
  constexpr unsigned char group_separator = 0x1D;
  return std::any_of(text.begin(), text.end(), [&](char c) {
    auto byte = static_cast<unsigned char>(c);
    if (byte == group_separator && pattern == TextPattern::barcode) return false;
    return byte == 0x7F || (byte < 0x20 && byte != '\n' && byte != '\t');
  });
}

}  // namespace

bool matches(TextPattern pattern, std::string_view text) {
  switch (pattern) {
    case TextPattern::none: return true;
    case TextPattern::phone: return read_phone(text).fault == PhoneFault::none;
    case TextPattern::code: return text.size() >= 4 && text.size() <= 8 && all_of(text, is_digit);
    case TextPattern::word:
      return !text.empty() && text.size() <= 64 && all_of(text, [](char c) {
        return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-';
      });
    case TextPattern::email: return is_email(text);
    case TextPattern::currency:
      return text.size() == 3 && all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    case TextPattern::barcode: return !text.empty() && text.size() <= longest_goods_code * 4;
    case TextPattern::idempotency:
      return !text.empty() && text.size() <= 255 && text.front() != ' ' && text.back() != ' ' &&
             all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
  }
  return false;
}

std::string JsonErrors::path() const {
  std::vector<const Inside*> steps;
  for (auto* step = innermost_; step; step = step->outer_) steps.push_back(step);
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if ((*step)->index_ >= 0) {
      path.append("[").append(std::to_string((*step)->index_)).append("]");
      continue;
    }
    if (!path.empty()) path.push_back('.');
    // Names of entries come from outside: a part is enough to find them.
    path.append((*step)->name_.substr(0, 64));
  }
  return path;
}

void JsonErrors::add(std::string_view code, std::string detail) {
  if (errors_.size() >= most_errors) return;
  auto field = path();
  bool known =
      std::any_of(errors_.begin(), errors_.end(), [&](const auto& error) { return error.field == field; });
  if (!known) errors_.push_back({std::move(field), std::string(code), std::move(detail)});
}

void JsonErrors::throw_if_any() {
  if (errors_.empty()) return;
  const auto& first = errors_.front();
  auto message = first.field.empty() ? first.detail : first.field + ": " + first.detail;
  if (auto others = errors_.size() - 1; others > 0) {
    message += "; " + std::to_string(others) + (others == 1 ? " other error" : " other errors");
  }
  throw Error(ErrorCode::invalid, "invalid_input", std::move(message), std::move(errors_));
}

bool is_object(JsonValue in, JsonErrors& errors) {
  if (in.kind() == JsonKind::object) return true;
  errors.add("wrong_type", "must be an object");
  return false;
}

bool is_list(JsonValue in, JsonKind kind, const FieldRule& rule, JsonErrors& errors) {
  if (in.kind() != kind) {
    errors.add("wrong_type", kind == JsonKind::array ? "must be an array" : "must be an object");
    return false;
  }
  if (in.size() > rule.max_items) {
    errors.add("too_many", "must have at most " + std::to_string(rule.max_items) + " items");
    return false;
  }
  if (in.size() == 0 && rule.required && !rule.may_be_empty) {
    errors.add("required", "must not be empty");
    return false;
  }
  if (kind == JsonKind::array) return true;
  for (JsonValue entry : in) {
    if (has_control_characters(entry.name(), TextPattern::none) || utf8_length(entry.name()) > 255) {
      errors.add("malformed", "has a name that is too long or holds control characters");
      return false;
    }
  }
  return true;
}

namespace {

// However it is written, it is kept in the one form that it has.
bool read_phone_text(std::string_view text, std::string& value, JsonErrors& errors) {
  auto reading = read_phone(text);
  if (reading.fault != PhoneFault::none) {
    errors.add(code_of(reading.fault), std::string(words_of(reading.fault)));
    return false;
  }
  value = std::move(reading.number);
  return true;
}

}  // namespace

bool read_text(JsonValue in, const FieldRule& rule, std::string& value, JsonErrors& errors) {
  if (in.kind() != JsonKind::text) {
    errors.add("wrong_type", "must be a string");
    return false;
  }
  auto text = in.text();
  if (text.empty() && rule.required) {
    errors.add("required", "must not be empty");
    return false;
  }
  if (rule.bytes) {
    auto bytes = from_base64(text);
    if (!bytes) {
      errors.add("malformed", "must be base 64");
    } else if (bytes->size() > rule.max_length) {
      errors.add("too_long", "must be at most " + std::to_string(rule.max_length) + " bytes");
    } else {
      value = std::move(*bytes);
      return true;
    }
    return false;
  }
  if (has_control_characters(text, rule.pattern)) {
    errors.add("malformed", "must not hold control characters");
    return false;
  }
  if (text.size() > rule.max_length && utf8_length(text) > rule.max_length) {
    errors.add("too_long", "must be at most " + std::to_string(rule.max_length) + " characters");
    return false;
  }
  if (rule.pattern == TextPattern::phone && !text.empty()) return read_phone_text(text, value, errors);
  if (rule.pattern != TextPattern::none && !text.empty() && !matches(rule.pattern, text)) {
    errors.add("malformed", std::string(pattern_words(rule.pattern)));
    return false;
  }
  if (!rule.words.empty() && !has_word(rule.words, text)) {
    add_not_allowed(errors, rule.words);
    return false;
  }
  value.assign(text);
  return true;
}

// By JSON Schema 2.0 and 1e3 are whole numbers, too. Beyond 2^53 a number with a fraction or an exponent may
// have been another one before it was read.
bool read_integer(JsonValue in, std::int64_t min, std::int64_t max, std::int64_t& value, JsonErrors& errors) {
  constexpr double beyond = 9223372036854775808.0;  // 2^63
  constexpr double exact = 9007199254740992.0;      // 2^53
  bool real = in.kind() == JsonKind::real;
  bool huge = real && std::abs(in.number()) >= beyond;
  bool whole = real && std::abs(in.number()) <= exact && std::trunc(in.number()) == in.number();
  if (in.kind() != JsonKind::integer && !huge && !whole) {
    errors.add("wrong_type", "must be a whole number");
    return false;
  }
  auto number = whole ? static_cast<std::int64_t>(in.number()) : in.integer();
  if (huge ? in.number() < 0 : number < min) {
    errors.add("too_small", "must be at least " + std::to_string(min));
    return false;
  }
  if (huge || number > max) {
    errors.add("too_large", "must be at most " + std::to_string(max));
    return false;
  }
  value = number;
  return true;
}

bool read_number(JsonValue in, const FieldRule& rule, double& value, JsonErrors& errors) {
  if (in.kind() != JsonKind::integer && in.kind() != JsonKind::real) {
    errors.add("wrong_type", "must be a number");
    return false;
  }
  auto number = in.number();
  if (!std::isfinite(number)) {
    errors.add("too_large", "must be a number of 64 bits");
    return false;
  }
  if (rule.min != INT64_MIN && number < static_cast<double>(rule.min)) {
    errors.add("too_small", "must be at least " + std::to_string(rule.min));
    return false;
  }
  if (rule.max != INT64_MAX && number > static_cast<double>(rule.max)) {
    errors.add("too_large", "must be at most " + std::to_string(rule.max));
    return false;
  }
  value = number;
  return true;
}

bool read_boolean(JsonValue in, bool& value, JsonErrors& errors) {
  if (in.kind() != JsonKind::boolean) {
    errors.add("wrong_type", "must be true or false");
    return false;
  }
  value = in.boolean();
  return true;
}

bool read_time(JsonValue in, Time& value, JsonErrors& errors) {
  std::string text;
  if (!read_text(in, {}, text, errors)) return false;
  auto time = parse_rfc3339(text);
  if (!time) {
    errors.add("malformed", "must be a time such as 2026-11-23T09:38:46.120Z");
    return false;
  }
  value = *time;
  return true;
}

bool read_money(JsonValue in, const FieldRule& rule, Money& value, JsonErrors& errors) {
  if (!is_object(in, errors)) return false;
  FieldRule amount{.name = "amount_minor", .required = true, .min = rule.min, .max = rule.max};
  FieldRule currency{.name = "currency", .required = true, .pattern = TextPattern::currency};
  read_field(in, amount, value.amount_minor, errors);
  read_field(in, currency, value.currency, errors);
  return true;
}

void check_together(JsonValue object, std::string_view one, std::string_view other, JsonErrors& errors) {
  auto given = [&](std::string_view name) {
    auto in = object[name];
    return !in.is_missing() && !in.is_null();
  };
  if (given(one) == given(other)) return;
  JsonErrors::Inside inside(errors, given(one) ? other : one);
  errors.add("required", "must be given with " + std::string(given(one) ? one : other));
}

void add_not_allowed(JsonErrors& errors, std::string_view words) {
  std::size_t end = 0;
  for (std::size_t count = 0; end != std::string_view::npos && count < most_words_listed; ++count) {
    end = words.find(", ", count == 0 ? 0 : end + 2);
  }
  auto detail = "must be one of " + std::string(words.substr(0, end));
  if (end != std::string_view::npos) detail += ", …";
  errors.add("not_allowed", std::move(detail));
}

void add_malformed_id(JsonErrors& errors, std::string_view prefix) {
  errors.add("malformed", "must be an id such as " + std::string(prefix) + "_01jd…");
}

}  // namespace bramble
