#include "tests/input/contract.h"

#include <algorithm>

namespace bramble::input {
namespace {

constexpr int deepest = 8;

JsonValue resolve(JsonValue schema, JsonValue components) {
  while (!schema["$ref"].is_missing()) {
    auto name = schema["$ref"].text();
    schema = components["schemas"][name.substr(name.rfind('/') + 1)];
  }
  return schema;
}

Schema schema_of(JsonValue json, JsonValue components, bool required, int depth = 0) {
  json = resolve(json, components);
  Schema schema;
  schema.required = required;
  auto type = json["type"];
  schema.type = type.kind() == JsonKind::array ? (*type.begin()).text() : type.text();
  schema.pattern = json["pattern"].text();
  schema.format = json["format"].text();
  if (!json["maxLength"].is_missing()) schema.max_length = json["maxLength"].integer();
  schema.min_length = json["minLength"].integer();
  if (!json["maxItems"].is_missing()) schema.max_items = json["maxItems"].integer();
  schema.has_min = !json["minimum"].is_missing();
  schema.has_max = !json["maximum"].is_missing();
  schema.min = json["minimum"].number();
  schema.max = json["maximum"].number();
  if (depth > deepest) return schema;
  for (auto member : json["properties"]) {
    auto is_required = false;
    for (auto name : json["required"]) is_required = is_required || name.text() == member.name();
    schema.names.emplace_back(member.name());
    schema.members.push_back(schema_of(member, components, is_required, depth + 1));
  }
  if (schema.type == "array") schema.item.push_back(schema_of(json["items"], components, true, depth + 1));
  return schema;
}

std::string inside(const std::string& path, const std::string& member) {
  return path.empty() ? member : path + "." + member;
}

std::string render(const Schema& schema, const std::string& path,
                   const std::function<std::string(const std::string& path)>& sample, const Change& change) {
  if (change.path == path && !change.absent && !change.twice) return change.json;
  if (schema.type == "array") return "[" + render(schema.item.front(), path + "[0]", sample, change) + "]";
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
      Route route{gateway, std::string(operation.name()), std::string(path.name()), {}, false, {}};
      std::transform(route.method.begin(), route.method.end(), route.method.begin(), ::toupper);
      for (auto parameter : operation["parameters"]) {
        auto place = parameter["in"].text();
        route.parameters.push_back(
            {std::string(parameter["name"].text()),
             place == "path"    ? Place::path
             : place == "query" ? Place::query
                                : Place::header,
             schema_of(parameter["schema"], components, parameter["required"].boolean())});
      }
      auto body = operation["requestBody"]["content"]["application/json"]["schema"];
      route.has_body = !body.is_missing();
      if (route.has_body) route.body = schema_of(body, components, true);
      routes.push_back(std::move(route));
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
