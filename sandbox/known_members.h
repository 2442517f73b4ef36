// Which members the bodies of the sandbox's operations may have, as its OpenAPI document names them. The
// sandbox ignores nothing: a misspelt fault must not turn all faults off.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gateways/edge/route.h"
#include "runtime/json/json_read.h"

namespace bramble::sandbox {

class KnownMembers {
 public:
  explicit KnownMembers(std::string_view openapi);

  // Throws Error invalid that names each unknown member of the body and those that are allowed in its place.
  void check(const edge::RouteInfo& route, const HttpRequest& request) const;

 private:
  // An object and what it may hold; `any` is not looked into.
  struct Shape {
    bool any = true;
    std::map<std::string, Shape, std::less<>> members;
  };

  static Shape shape_of(JsonValue schema, JsonValue schemas);
  static void check(JsonValue object, const Shape& shape, JsonErrors& errors);

  std::map<std::string, Shape, std::less<>> bodies_;  // by the name of the operation
};

}  // namespace bramble::sandbox
