// Shared by the generated routes of a gateway: reading a request, writing a reply, and the table of routes. A
// malformed request throws before a coroutine starts.
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "gateways/edge/route.h"
#include "runtime/json/http_input.h"
#include "runtime/json/json_write.h"

namespace bramble::edge {

template <class Request>
Request read_request(const HttpCall& http, std::span<const InputField> fields, bool has_body) {
  Request request;
  JsonErrors errors;
  auto input = read_http_input(*http.request, http.path, fields, has_body, errors);
  read_json(input.root(), request, errors);
  errors.throw_if_any();
  return request;
}

// `status`: the route's own.
template <class Reply>
Task<HttpResponse> answer(Task<Reply> replied, HttpCall& http, int status) {
  auto reply = co_await std::move(replied);
  co_return json_response(http.status != 0 ? http.status : status, std::move(http.headers), json_of(reply));
}

inline Task<HttpResponse> answer(Task<Empty> done, HttpCall& http, int own_status) {
  co_await std::move(done);
  int status = http.status != 0 ? http.status : own_status;
  if (status == 204) co_return HttpResponse{status, std::move(http.headers), {}, {}};
  co_return json_response(status, std::move(http.headers), "{}");
}

template <class Gateway>
struct RouteRow {
  std::string_view name;
  std::string_view method;
  std::string_view path;
  int status;
  Auth auth;
  std::array<std::string_view, 4> roles;  // the first empty one ends them
  bool idempotent;
  Task<HttpResponse> (*run)(Gateway& gateway, HttpCall& http);
};

template <class Gateway>
std::vector<Route> routes_of(const std::shared_ptr<Gateway>& gateway,
                             std::span<const RouteRow<Gateway>> rows) {
  std::vector<Route> routes;
  routes.reserve(rows.size());
  for (const auto& row : rows) {
    auto end = std::find(row.roles.begin(), row.roles.end(), std::string_view());
    routes.push_back({{.name = row.name,
                       .method = row.method,
                       .path = row.path,
                       .status = row.status,
                       .auth = row.auth,
                       .roles = {row.roles.begin(), end},
                       .idempotent = row.idempotent},
                      [gateway, run = row.run](HttpCall& http) { return run(*gateway, http); }});
  }
  return routes;
}

}  // namespace bramble::edge
