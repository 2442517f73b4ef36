#include "gateways/edge/health.h"

namespace bramble::edge {
namespace {

Task<HttpResponse> say(int status, const char* word) {
  HttpResponse response{.status = status};
  response.headers.add("Content-Type", "application/json");
  response.body = std::string("{\"status\":\"") + word + "\"}";
  co_return response;
}

}  // namespace

std::vector<Route> health_routes(std::function<bool()> ready) {
  std::vector<Route> routes;
  routes.push_back(
      {{.name = "livez", .method = "GET", .path = "/livez"}, [](HttpCall&) { return say(200, "ok"); }});
  routes.push_back(
      {{.name = "readyz", .method = "GET", .path = "/readyz"},
       [ready = std::move(ready)](HttpCall&) { return ready() ? say(200, "ok") : say(503, "not ready"); }});
  return routes;
}

}  // namespace bramble::edge
