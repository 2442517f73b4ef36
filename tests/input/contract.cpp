#include "tests/input/contract.h"

#include <algorithm>

namespace bramble::input {
namespace {

constexpr int deepest = 8;

// What every text has to keep to is no pattern of its own.
constexpr std::string_view free_text = R"(^[^\u0000)";

// Reads schemas with one of the alternatives that they leave, and counts the alternatives.
class SchemaReader {
 public:
  SchemaReader(JsonValue components, std::size_t choice) : components_(components), choice_(choice) {}

  std::size_t choices() const { return choices_; }
  Schema read(JsonValue json, bool required, int depth = 0);

 private:
  JsonValue resolve(JsonValue schema);
  void read_members(JsonValue json, Schema& schema, int depth);

  JsonValue components_;
  std::size_t choice_;
  std::size_t choices_ = 1;
};

JsonValue SchemaReader::resolve(JsonValue schema) {
  for (;;) {
    if (!schema["$ref"].is_missing()) {
      auto name = schema["$ref"].text();
      schema = components_["schemas"][name.substr(name.rfind('/') + 1)];
    } else if (auto nullable = schema["anyOf"]; !nullable.is_missing()) {
      schema = *nullable.begin();
    } else if (auto alternatives = schema["oneOf"]; !alternatives.is_missing()) {
      choices_ = std::max(choices_, alternatives.size());
      auto at = alternatives.begin();
      for (auto left = choice_ % alternatives.size(); left > 0; --left) ++at;
      schema = *at;
    } else {
      return schema;
    }
  }
}

void SchemaReader::read_members(JsonValue json, Schema& schema, int depth) {
  for (auto member : json["properties"]) {
    auto is_required = false;
    for (auto name : json["required"]) is_required = is_required || name.text() == member.name();
    schema.names.emplace_back(member.name());
    schema.members.push_back(read(member, is_required, depth + 1));
  }
}

Schema SchemaReader::read(JsonValue json, bool required, int depth) {
  json = resolve(json);
  Schema schema;
  schema.required = required;
  auto type = json["type"];
  schema.type = type.kind() == JsonKind::array ? (*type.begin()).text() : type.text();
  schema.pattern = json["pattern"].text();
  if (schema.pattern.starts_with(free_text)) schema.pattern.clear();
  schema.constant = json["const"].text();
  schema.is_word = !json["enum"].is_missing() || !schema.constant.empty();
  schema.format = json["format"].text();
  if (!json["maxLength"].is_missing()) schema.max_length = json["maxLength"].integer();
  schema.min_length = json["minLength"].integer();
  if (!json["maxItems"].is_missing()) schema.max_items = json["maxItems"].integer();
  schema.has_min = !json["minimum"].is_missing();
  schema.has_max = !json["maximum"].is_missing();
  schema.min = json["minimum"].number();
  schema.max = json["maximum"].number();
  if (depth > deepest) return schema;
  read_members(json, schema, depth);
  if (schema.type == "array") schema.item.push_back(read(json["items"], true, depth + 1));
  return schema;
}

// The parameters of an address; those that are given together are one object in the document.
std::vector<Parameter> parameters_of(JsonValue operation, SchemaReader& reader) {
  std::vector<Parameter> parameters;
  for (auto parameter : operation["parameters"]) {
    auto where = parameter["in"].text();
    auto place = where == "path" ? Place::path : where == "query" ? Place::query : Place::header;
    auto schema = reader.read(parameter["schema"], parameter["required"].boolean());
    if (schema.type != "object") {
      parameters.push_back({std::string(parameter["name"].text()), place, std::move(schema)});
    }
    for (std::size_t i = 0; i < schema.members.size(); ++i) {
      parameters.push_back({schema.names[i], place, schema.members[i]});
    }
  }
  return parameters;
}

std::string inside(const std::string& path, const std::string& member) {
  return path.empty() ? member : path + "." + member;
}

std::string render(const Schema& schema, const std::string& path,
                   const std::function<std::string(const std::string& path)>& sample, const Change& change) {
  if (change.path == path && !change.absent && !change.twice) return change.json;
  if (schema.type == "array") return "[" + render(schema.item.front(), path + "[0]", sample, change) + "]";
  if (!schema.constant.empty()) return "\"" + schema.constant + "\"";
  if (schema.type != "object") {
    auto good = sample(path);
    return good.empty() ? "\"x\"" : good;
  }
  std::string json;
  auto add = [&](const std::string& name, const std::string& value) {
    json.append(json.empty() ? "" : ",").append("\"" + name + "\":").append(value);
  };
  for (std::size_t i = 0; i < schema.members.size(); ++i) {
    const auto& name = schema.names[i];
    auto inner = inside(path, name);
    if (change.absent && change.path == inner) continue;
    auto value = render(schema.members[i], inner, sample, change);
    add(name, value);
    if (change.twice && change.path == inner) add(name, value);
  }
  return "{" + json + "}";
}

}  // namespace

std::vector<Route> routes_of(const std::string& gateway, const std::string& openapi) {
  auto document = JsonDocument::parse(openapi);
  auto components = document.root()["components"];
  std::vector<Route> routes;
  for (auto path : document.root()["paths"]) {
    for (auto operation : path) {
      std::size_t choices = 1;
      for (std::size_t choice = 0; choice < choices; ++choice) {
        Route route{gateway, std::string(operation.name()), std::string(path.name()), {}, false, {}};
        std::transform(route.method.begin(), route.method.end(), route.method.begin(), ::toupper);
        SchemaReader reader(components, choice);
        route.parameters = parameters_of(operation, reader);
        auto body = operation["requestBody"]["content"]["application/json"]["schema"];
        route.has_body = !body.is_missing();
        if (route.has_body) route.body = reader.read(body, true);
        choices = reader.choices();
        routes.push_back(std::move(route));
      }
    }
  }
  return routes;
}

std::string body_of(const Schema& schema, const std::function<std::string(const std::string& path)>& sample,
                    const Change& change) {
  return render(schema, "", sample, change);
}

void each_value(const Schema& schema, const std::string& path,
                const std::function<void(const std::string& path, const Schema& schema)>& visit) {
  visit(path, schema);
  for (std::size_t i = 0; i < schema.members.size(); ++i) {
    each_value(schema.members[i], inside(path, schema.names[i]), visit);
  }
  for (const auto& item : schema.item) each_value(item, path + "[0]", visit);
}

}  // namespace bramble::input
