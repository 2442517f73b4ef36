#include "runtime/json/json.h"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <charconv>

namespace bramble {
namespace json = boost::json;

[[noreturn]] static void malformed(const std::string& why) {
  throw Error(ErrorCode::invalid, "malformed_json", "not valid JSON: " + why);
}

// Receives the parser's events and lays the values one behind the other.
class JsonBuilder {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);
  using error_code = json::error_code;
  using string_view = json::string_view;

  JsonBuilder(JsonDocument& document, std::size_t most) : document_(document), most_(most) {}

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return begin(JsonKind::object); }
  bool on_object_end(std::size_t count, error_code&) {
    check_names();
    return end(count);
  }
  bool on_array_begin(error_code&) { return begin(JsonKind::array); }
  bool on_array_end(std::size_t count, error_code&) { return end(count); }
  bool on_key_part(string_view part, std::size_t, error_code&) { return append(part); }
  bool on_key(string_view part, std::size_t size, error_code&) {
    append(part);
    name_size_ = static_cast<std::uint32_t>(size);
    name_at_ = static_cast<std::uint32_t>(document_.texts_.size() - size);
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) { return append(part); }
  bool on_string(string_view part, std::size_t size, error_code&) {
    append(part);
    auto& node = make(JsonKind::text);
    node.text.at = static_cast<std::uint32_t>(document_.texts_.size() - size);
    node.text.size = static_cast<std::uint32_t>(size);
    return true;
  }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t value, string_view, error_code&) {
    make(JsonKind::integer).integer = value;
    return true;
  }
  bool on_uint64(std::uint64_t value, string_view, error_code&) {
    make(JsonKind::real).real = static_cast<double>(value);
    return true;
  }
  bool on_double(double value, string_view token, error_code&) {
    // Boost.JSON 1.81 does not round to the nearest; from_chars does. Beyond a double's range
    // Boost's answer stays.
    double nearest = 0;
    auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), nearest);
    bool whole = failure == std::errc() && end == token.data() + token.size();
    make(JsonKind::real).real = whole ? nearest : value;
    return true;
  }
  bool on_bool(bool value, error_code&) {
    make(JsonKind::boolean).boolean = value;
    return true;
  }
  bool on_null(error_code&) {
    make(JsonKind::null);
    return true;
  }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  JsonDocument::Node& make(JsonKind kind) {
    if (document_.nodes_.size() >= most_) malformed("too many values");
    auto& node = document_.append(kind);
    node.name_at = name_at_;
    node.name_size = name_size_;
    name_size_ = 0;
    return node;
  }
  bool append(string_view part) {
    document_.texts_.append(part.data(), part.size());
    return true;
  }
  bool begin(JsonKind kind) {
    open_.push_back(static_cast<std::uint32_t>(document_.nodes_.size()));
    make(kind);
    return true;
  }
  bool end(std::size_t count) {
    auto& node = document_.nodes_[open_.back()];
    node.end = static_cast<std::uint32_t>(document_.nodes_.size());
    node.count = static_cast<std::uint32_t>(count);
    open_.pop_back();
    return true;
  }

  // Called at an object's end: two members of one name would be read one way here and another way elsewhere.
  void check_names() {
    names_.clear();
    auto first = open_.back() + 1;
    for (auto at = first; at < document_.nodes_.size(); at = document_.nodes_[at].end)
      names_.push_back(name_of(at));
    if (names_.size() < 2) return;
    std::sort(names_.begin(), names_.end());
    auto twice = std::adjacent_find(names_.begin(), names_.end());
    if (twice != names_.end()) malformed("a member appears twice");
  }
  std::string_view name_of(std::uint32_t at) const {
    const auto& node = document_.nodes_[at];
    return document_.kept(node.name_at, node.name_size);
  }

  JsonDocument& document_;
  std::size_t most_;
  std::uint32_t name_at_ = 0;
  std::uint32_t name_size_ = 0;
  std::vector<std::uint32_t> open_;
  std::vector<std::string_view> names_;
};

JsonDocument::Node& JsonDocument::append(JsonKind kind) {
  auto& node = nodes_.emplace_back();
  node.kind = kind;
  node.end = static_cast<std::uint32_t>(nodes_.size());
  return node;
}

std::uint32_t JsonDocument::keep(std::string_view text) {
  auto at = static_cast<std::uint32_t>(texts_.size());
  texts_.append(text);
  return at;
}

JsonDocument JsonDocument::parse(std::string_view text, JsonLimits limits) {
  if (text.size() > UINT32_MAX / 2) malformed("too long");
  JsonDocument document;
  document.nodes_.reserve(std::min<std::size_t>(text.size() / 8 + 4, 1024));
  document.texts_.reserve(text.size());
  json::parse_options options;
  options.max_depth = limits.depth;
  json::basic_parser<JsonBuilder> parser(options, document, limits.values);
  json::error_code failure;
  auto read = parser.write_some(false, text.data(), text.size(), failure);
  if (failure) malformed(failure.message() + " at byte " + std::to_string(read));
  if (read != text.size()) malformed("something follows the value at byte " + std::to_string(read));
  return document;
}

JsonDocument JsonDocument::empty_object() {
  JsonDocument document;
  document.append(JsonKind::object);
  return document;
}

JsonDocument::Node& JsonDocument::add(JsonKind kind, std::string_view name) {
  if (open_array_ == 0) {
    for (auto at = 1U; at < nodes_.size(); at = nodes_[at].end) {
      if (kept(nodes_[at].name_at, nodes_[at].name_size) == name) nodes_[at].hidden = true;
    }
  }
  auto name_at = keep(name);
  auto& node = append(kind);
  node.name_at = name_at;
  node.name_size = static_cast<std::uint32_t>(name.size());
  auto& parent = nodes_[open_array_];
  ++parent.count;
  parent.end = nodes_[0].end = static_cast<std::uint32_t>(nodes_.size());
  return nodes_.back();
}

void JsonDocument::add_text(std::string_view name, std::string_view value) {
  auto at = keep(value);
  auto& node = add(JsonKind::text, name);
  node.text.at = at;
  node.text.size = static_cast<std::uint32_t>(value.size());
}

void JsonDocument::add_integer(std::string_view name, std::int64_t value) {
  add(JsonKind::integer, name).integer = value;
}

void JsonDocument::add_real(std::string_view name, double value) { add(JsonKind::real, name).real = value; }

void JsonDocument::add_boolean(std::string_view name, bool value) {
  add(JsonKind::boolean, name).boolean = value;
}

void JsonDocument::begin_array(std::string_view name) {
  add(JsonKind::array, name);
  open_array_ = static_cast<std::uint32_t>(nodes_.size() - 1);
}

void JsonDocument::end_array() { open_array_ = 0; }

JsonKind JsonValue::kind() const { return document_ ? document_->nodes_[at_].kind : JsonKind::missing; }

bool JsonValue::boolean() const { return kind() == JsonKind::boolean && document_->nodes_[at_].boolean; }

std::int64_t JsonValue::integer() const {
  return kind() == JsonKind::integer ? document_->nodes_[at_].integer : 0;
}

double JsonValue::number() const {
  if (kind() == JsonKind::integer) return static_cast<double>(document_->nodes_[at_].integer);
  return kind() == JsonKind::real ? document_->nodes_[at_].real : 0;
}

std::string_view JsonValue::text() const {
  if (kind() != JsonKind::text) return {};
  const auto& node = document_->nodes_[at_];
  return document_->kept(node.text.at, node.text.size);
}

std::size_t JsonValue::size() const {
  return kind() == JsonKind::array || kind() == JsonKind::object ? document_->nodes_[at_].count : 0;
}

std::string_view JsonValue::name() const {
  if (!document_) return {};
  const auto& node = document_->nodes_[at_];
  return document_->kept(node.name_at, node.name_size);
}

JsonValue JsonValue::operator[](std::string_view name) const {
  if (kind() != JsonKind::object) return {};
  const auto& nodes = document_->nodes_;
  for (auto at = at_ + 1; at < nodes[at_].end; at = nodes[at].end) {
    if (document_->kept(nodes[at].name_at, nodes[at].name_size) == name && !nodes[at].hidden)
      return {document_, at};
  }
  return {};
}

JsonValue::Iterator JsonValue::begin() const {
  return {document_, kind() == JsonKind::array || kind() == JsonKind::object ? at_ + 1 : 0};
}

JsonValue::Iterator JsonValue::end() const {
  return {document_,
          kind() == JsonKind::array || kind() == JsonKind::object ? document_->nodes_[at_].end : 0};
}

JsonValue::Iterator& JsonValue::Iterator::operator++() {
  at_ = document_->nodes_[at_].end;
  return *this;
}

}  // namespace bramble
