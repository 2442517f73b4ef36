#include "app/import/product_row.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/import/clean_text.h"
#include "app/import/plain_text.h"
#include "base/error.h"
#include "base/text.h"
#include "runtime/json/json.h"

namespace bramble::importing {
namespace {

constexpr JsonLimits row_limits{.depth = 8, .values = 10'000};

std::string text_of(JsonValue value, bool russian);

std::string list_of(JsonValue list, bool russian) {
  std::string text;
  for (auto item : list) {
    auto part = text_of(item, russian);
    if (part.empty()) continue;
    if (!item.name().empty()) part = std::string(item.name()) + ": " + part;
    text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

// The value as a customer reads it; empty for null.
std::string text_of(JsonValue value, bool russian) {
  switch (value.kind()) {
    case JsonKind::missing:
    case JsonKind::null: return {};
    case JsonKind::boolean:
      if (value.boolean()) return russian ? "да" : "yes";
      return russian ? "нет" : "no";
    case JsonKind::integer: return std::to_string(value.integer());
    case JsonKind::real: return fmt::format("{}", value.number());
    case JsonKind::text: return one_line(plain_text(value.text()));
    case JsonKind::array:
    case JsonKind::object: return list_of(value, russian);
  }
  return {};
}

// A number has lost the zeros before it, and with them the length that tells a GTIN.
std::string digits_of(std::int64_t barcode) {
  constexpr std::size_t upc_digits = 12;
  auto digits = std::to_string(barcode);
  bool is_short = barcode > 0 && digits.size() > 8 && digits.size() < upc_digits;
  return is_short ? std::string(upc_digits - digits.size(), '0') + digits : digits;
}

class RowReader {
 public:
  explicit RowReader(RowProblems& problems) : problems_(problems) {}

  ProductRow read(JsonValue root) {
    // Its words decide how the others are written.
    if (auto lang = root["lang"]; lang.text() == "ru" || lang.text() == "en") row_.language = lang.text();
    for (auto member : root) {
      if (!member.is_null()) take(member);
    }
    return std::move(row_);
  }

 private:
  void take(JsonValue field) {
    auto name = field.name();
    if (name == "source") take_text(field, row_.source, true);
    else if (name == "id") take_id(field);
    else if (name == "title") take_words(field, row_.title, true);
    else if (name == "lang") return;
    else if (name == "brand") take_words(field, row_.brand, false);
    else if (name == "barcode") take_barcode(field);
    else if (name == "description") take_description(field);
    else if (name == "category_path") take_path(field);
    else if (name == "price_minor") take_price(field, row_.price_minor, true);
    else if (name == "old_price_minor") take_price(field, row_.old_price_minor, false);
    else if (name == "currency") take_text(field, row_.currency, true);
    else if (name == "rating") take_rating(field);
    else if (name == "reviews_count") take_reviews(field);
    else if (name == "attributes") take_attributes(field);
    else take_unknown(field);
  }

  void wrong_type(JsonValue field, bool is_needed, const char* wanted) {
    problems_.push_back({std::string(field.name()), "wrong_type", wanted, is_needed});
  }

  void take_text(JsonValue field, std::string& value, bool is_needed) {
    if (field.kind() != JsonKind::text) return wrong_type(field, is_needed, "must be text");
    value = one_line(field.text());
  }

  // What people read.
  void take_words(JsonValue field, std::string& value, bool is_needed) {
    take_text(field, value, is_needed);
    if (field.kind() == JsonKind::text) value = one_line(plain_text(field.text()));
  }

  void take_id(JsonValue field) {
    if (field.kind() == JsonKind::integer) row_.id = std::to_string(field.integer());
    else take_text(field, row_.id, true);
  }

  void take_barcode(JsonValue field) {
    if (field.kind() == JsonKind::integer) row_.barcode = digits_of(field.integer());
    else take_text(field, row_.barcode, false);
  }

  void take_description(JsonValue field) {
    if (field.kind() != JsonKind::text) return wrong_type(field, false, "must be text");
    row_.description = many_lines(plain_text(field.text()));
  }

  void take_path(JsonValue field) {
    if (field.kind() != JsonKind::array) return wrong_type(field, false, "must be a list of texts");
    for (auto item : field) {
      auto title = text_of(item, false);
      if (!title.empty()) row_.category_path.push_back(std::move(title));
    }
  }

  void take_price(JsonValue field, std::optional<std::int64_t>& value, bool is_needed) {
    if (field.kind() == JsonKind::integer) value = field.integer();
    else wrong_type(field, is_needed, "must be a whole number of minor units");
  }

  void take_rating(JsonValue field) {
    if (field.kind() == JsonKind::integer || field.kind() == JsonKind::real) row_.rating = field.number();
    else wrong_type(field, false, "must be a number");
  }

  void take_reviews(JsonValue field) {
    if (field.kind() == JsonKind::integer) row_.reviews_count = field.integer();
    else wrong_type(field, false, "must be a whole number");
  }

  void take_attributes(JsonValue field) {
    if (field.kind() != JsonKind::object) return wrong_type(field, false, "must be an object");
    for (auto member : field) add_attribute(member);
  }

  // The data say "none" where nothing is known of a licence; that is nothing to show.
  void take_unknown(JsonValue field) {
    if (field.name() == "license" && field.text() == "none") return;
    add_attribute(field);
  }

  void add_attribute(JsonValue field) {
    catalog::Attribute attribute{one_line(plain_text(field.name())), text_of(field, row_.language == "ru")};
    if (!attribute.name.empty() && !attribute.value.empty()) row_.attributes.push_back(std::move(attribute));
  }

  ProductRow row_;
  RowProblems& problems_;
};

}  // namespace

ProductRow read_row(std::string_view line, RowProblems& problems) {
  if (!is_utf8(line)) {
    skip(problems, "", "not_utf8", "the line is not valid UTF-8");
    return {};
  }
  try {
    auto document = JsonDocument::parse(line, row_limits);
    if (document.root().kind() == JsonKind::object) return RowReader(problems).read(document.root());
    skip(problems, "", "wrong_type", "a row must be an object");
  } catch (const Error& failure) {
    skip(problems, "", failure.reason, failure.message);
  }
  return {};
}

bool is_skipped(const RowProblems& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const auto& problem) { return problem.is_skipped; });
}

}  // namespace bramble::importing
