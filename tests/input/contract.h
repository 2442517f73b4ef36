// What a gateway says of itself in its OpenAPI document: its routes, and every field that may be sent to
// them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/json/json.h"

namespace bramble::input {

// The rules of one value.
struct Schema {
  std::string type;  // "" if anything goes
  bool required = false;
  std::string pattern;   // "" for free text
  std::string constant;  // the one word that it may be
  bool is_word = false;  // one of a set
  std::string format;
  std::int64_t max_length = -1;
  std::int64_t min_length = 0;
  std::int64_t max_items = -1;
  bool has_min = false;
  bool has_max = false;
  double min = 0;
  double max = 0;
  std::vector<std::string> names;  // of the members of an object
  std::vector<Schema> members;
  std::vector<Schema> item;  // of an array: one
};

enum class Place { path, query, header, body };

struct Parameter {
  std::string name;
  Place place;
  Schema schema;
};

struct Route {
  std::string gateway;
  std::string method;  // "POST"
  std::string path;    // "/api/v1/orders/{order_id}"
  std::vector<Parameter> parameters;
  bool has_body = false;
  Schema body;

  std::string name() const { return method + " " + path; }
};

// A route whose body has alternatives is there once for each.
std::vector<Route> routes_of(const std::string& gateway, const std::string& openapi);

// One value of a body put in place of the good one, as JSON; or the member left out.
struct Change {
  std::string path;  // "items[0].quantity"; empty: the whole body
  std::string json;
  bool absent = false;
  bool twice = false;  // the member once more beside itself
};

// A good body of the route, but for the change. `sample` gives good values by path.
std::string body_of(const Schema& schema, const std::function<std::string(const std::string& path)>& sample,
                    const Change& change);

// Every value in a body, the inner ones too, by path.
void each_value(const Schema& schema, const std::string& path,
                const std::function<void(const std::string& path, const Schema& schema)>& visit);

}  // namespace bramble::input
