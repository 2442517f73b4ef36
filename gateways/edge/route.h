// The parts of a generated route table. For each gateway's contract, rpcgen makes an abstract class with one
// method per route, and the table that connects them. The Router (router.h) serves the table.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "base/task.h"
#include "ports/http.h"

namespace bramble::edge {

enum class Auth { nobody, optional, buyer, staff };

struct RouteInfo {
  std::string_view name;    // "put_cart_item": also its label in metrics
  std::string_view method;  // "PUT"
  std::string_view path;    // "/api/v1/cart/items/{sku_id}"
  int status = 200;
  Auth auth = Auth::nobody;
  std::vector<std::string_view> roles;
  bool idempotent = false;
  bool page = false;  // for people: failures are pages, and forms carry their own CSRF token
};

// The session of a caller's access token: when the token expires, and the data by which it may end earlier.
struct SessionMark {
  std::string id;  // the token's `sid`
  Time began;
  Time ends_at;
};

// One request in a gateway, after authentication and limits.
struct HttpCall {
  Call call;
  SessionMark session;           // of `call.caller`; empty for nobody
  bool address_limited = false;  // limits by address apply to it
  const HttpRequest* request = nullptr;
  std::map<std::string, std::string, std::less<>> path;  // decoded values of the names in braces
  std::string idempotency_key;     // checked; empty where the route has none and none was given
  std::string idempotency_digest;  // SHA-256 of method, path and body, in hex
  std::string browser;             // the random cookie that this request gives to the browser
  // The handler may change these parts of its answer.
  int status = 0;  // 0: the route's own
  HttpHeaders headers;
};

struct Route {
  RouteInfo info;
  // Reads the request, calls the handler, writes the answer. Throws Error invalid with every wrong field.
  std::function<Task<HttpResponse>(HttpCall&)> run;
};

}  // namespace bramble::edge
