#include "sandbox/known_members.h"

#include "runtime/json/http_input.h"

namespace bramble::sandbox {
namespace {

constexpr std::string_view json_type = "application/json";

}  // namespace

KnownMembers::KnownMembers(std::string_view openapi) {
  auto document = JsonDocument::parse(openapi);
  auto schemas = document.root()["components"]["schemas"];
  for (JsonValue path : document.root()["paths"]) {
    for (JsonValue operation : path) {
      auto content = operation["requestBody"]["content"];
      bool takes_json = content.is_missing() || !content[json_type].is_missing();
      if (!takes_json) continue;
      auto shape = shape_of(content[json_type]["schema"], schemas);
      // An operation without a body takes an empty object.
      if (content.is_missing()) shape.any = false;
      bodies_.emplace(operation["operationId"].text(), std::move(shape));
    }
  }
}

KnownMembers::Shape KnownMembers::shape_of(JsonValue schema, JsonValue schemas) {
  auto alternatives = schema["anyOf"];  // "or null"
  if (alternatives.size() > 0) schema = *alternatives.begin();
  auto reference = schema["$ref"].text();
  if (!reference.empty()) schema = schemas[reference.substr(reference.rfind('/') + 1)];
  Shape shape;
  auto properties = schema["properties"];
  shape.any = properties.is_missing();
  for (JsonValue property : properties) shape.members.emplace(property.name(), shape_of(property, schemas));
  return shape;
}

void KnownMembers::check(const edge::RouteInfo& route, const HttpRequest& request) const {
  // The route answers 415 to a body of another type.
  if (!has_json_body(request) || (request.method != "PUT" && request.method != "POST")) return;
  auto body = bodies_.find(route.name);
  if (body == bodies_.end()) return;
  auto document = JsonDocument::parse(request.body);
  JsonErrors errors;
  check(document.root(), body->second, errors);
  errors.throw_if_any();
}

void KnownMembers::check(JsonValue object, const Shape& shape, JsonErrors& errors) {
  if (shape.any || object.kind() != JsonKind::object) return;
  for (JsonValue member : object) {
    JsonErrors::Inside inside(errors, member.name());
    auto known = shape.members.find(member.name());
    if (known != shape.members.end()) {
      check(member, known->second, errors);
      continue;
    }
    std::string allowed;
    for (const auto& [name, of] : shape.members) allowed += (allowed.empty() ? "" : ", ") + name;
    errors.add("unknown", allowed.empty() ? "is unknown; no members are allowed here"
                                          : "is unknown; allowed are " + allowed);
  }
}

}  // namespace bramble::sandbox
