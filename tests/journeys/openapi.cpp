#include "tests/journeys/openapi.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "base/time.h"

namespace bramble::journeys {
namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view problem_type = "application/problem+json";

JsonValue resolve(JsonValue root, JsonValue value) {
  while (!value["$ref"].is_missing()) {
    std::string way(value["$ref"].text().substr(2));  // "#/components/schemas/Money"
    value = root;
    for (std::size_t from = 0; from <= way.size();) {
      auto to = std::min(way.find('/', from), way.size());
      value = value[way.substr(from, to - from)];
      from = to + 1;
    }
  }
  return value;
}

bool is_of(JsonValue value, std::string_view type) {
  switch (value.kind()) {
    case JsonKind::null: return type == "null";
    case JsonKind::boolean: return type == "boolean";
    case JsonKind::integer: return type == "integer" || type == "number";
    case JsonKind::real: return type == "number";
    case JsonKind::text: return type == "string";
    case JsonKind::array: return type == "array";
    case JsonKind::object: return type == "object";
    case JsonKind::missing: break;
  }
  return false;
}

bool has_type(JsonValue value, JsonValue types) {
  if (types.kind() != JsonKind::array) return types.is_missing() || is_of(value, types.text());
  for (auto type : types) {
    if (is_of(value, type.text())) return true;
  }
  return false;
}

bool is_among(JsonValue value, JsonValue words) {
  for (auto word : words) {
    if (word.text() == value.text()) return true;
  }
  return words.is_missing();
}

std::string text_complaint(std::string_view text, JsonValue schema) {
  auto pattern = std::string(schema["pattern"].text());
  if (!pattern.empty() && !std::regex_match(std::string(text), std::regex(pattern)))
    return "'" + std::string(text) + "' is not " + pattern;
  if (schema["format"].text() == "date-time" && !parse_rfc3339(text))
    return "'" + std::string(text) + "' is no time";
  return "";
}

// What is wrong with the value; empty if nothing is.
std::string complaint(JsonValue root, JsonValue schema, JsonValue value, const std::string& at);

std::string object_complaint(JsonValue root, JsonValue schema, JsonValue value, const std::string& at) {
  for (auto name : schema["required"]) {
    if (value[name.text()].is_missing()) return at + " lacks " + std::string(name.text());
  }
  for (auto member : value) {
    auto inside = at + "." + std::string(member.name());
    auto known = schema["properties"][member.name()];
    if (known.is_missing()) known = schema["additionalProperties"];
    if (known.is_missing()) return inside + " is not described";
    if (auto wrong = complaint(root, known, member, inside); !wrong.empty()) return wrong;
  }
  return "";
}

std::string complaint(JsonValue root, JsonValue schema, JsonValue value, const std::string& at) {
  schema = resolve(root, schema);
  if (auto choices = schema["anyOf"]; !choices.is_missing()) {
    std::string wrong;
    for (auto choice : choices) {
      wrong = complaint(root, choice, value, at);
      if (wrong.empty()) return "";
    }
    return wrong;
  }
  if (!has_type(value, schema["type"])) return at + " has another type";
  if (value.kind() == JsonKind::text) {
    if (!is_among(value, schema["enum"])) return at + ": no such word '" + std::string(value.text()) + "'";
    auto wrong = text_complaint(value.text(), schema);
    return wrong.empty() ? "" : at + ": " + wrong;
  }
  if (value.kind() == JsonKind::array) {
    for (auto item : value) {
      if (auto wrong = complaint(root, schema["items"], item, at + "[]"); !wrong.empty()) return wrong;
    }
  }
  return value.kind() == JsonKind::object ? object_complaint(root, schema, value, at) : "";
}

// Beyond what every problem has, a refusal says what it is about: `skus`, `price_changes`.
std::string problem_complaint(JsonValue root, const Reply& answer) {
  auto schema = root["components"]["schemas"]["Problem"];
  for (auto name : schema["required"]) {
    if (answer[name.text()].is_missing()) return "the problem lacks " + std::string(name.text());
  }
  return answer["status"].integer() == answer.status ? "" : "the problem has another status";
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), ::tolower);
  return text;
}

}  // namespace

OpenApi::OpenApi(Client& client, std::map<std::string, std::string> gateways) : client_(client) {
  for (const auto& [name, address] : gateways)
    documents_.emplace(name, client.send(get(address + "/api/v1/openapi.json")).json());
}

Reply OpenApi::ask(const std::string& gateway, const std::string& route, HttpClientRequest request) {
  auto root = documents_.at(gateway).root();
  auto space = route.find(' ');
  auto operation = root["paths"][route.substr(space + 1)][lower(route.substr(0, space))];
  auto answer = client_.send(std::move(request));
  auto what = gateway + " " + route + " " + std::to_string(answer.status);
  EXPECT_FALSE(operation.is_missing()) << what;
  auto described = operation["responses"][std::to_string(answer.status)];
  if (described.is_missing() && answer.status >= 400) {
    EXPECT_EQ(answer.headers.get("Content-Type"), problem_type) << what;
    EXPECT_EQ(problem_complaint(root, answer), "") << what << answer.body;
    return answer;
  }
  asked_.insert(gateway + " " + route);
  EXPECT_FALSE(described.is_missing()) << what << " is not described: " << answer.body;
  auto schema = described["content"][json_type]["schema"];
  if (described["content"].is_missing()) {
    EXPECT_EQ(answer.body, "") << what;
  } else {
    EXPECT_EQ(answer.headers.get("Content-Type"), json_type) << what;
    EXPECT_EQ(complaint(root, schema, answer.json().root(), "body"), "") << what << "\n" << answer.body;
  }
  return answer;
}

std::set<std::string> OpenApi::unasked() const {
  std::set<std::string> left;
  for (const auto& [gateway, document] : documents_) {
    for (auto path : document.root()["paths"]) {
      for (auto operation : path) {
        auto success = *operation["responses"].begin();
        bool speaks_json = !success["content"][json_type]["schema"].is_missing();
        if (!speaks_json && success.name() != "204") continue;
        std::string method(operation.name());
        std::transform(method.begin(), method.end(), method.begin(), ::toupper);
        auto name = gateway + " " + method + " " + std::string(path.name());
        if (!asked_.contains(name)) left.insert(name);
      }
    }
  }
  return left;
}

}  // namespace bramble::journeys
