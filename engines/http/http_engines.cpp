#include "engines/http/http_engines.h"

#include "engines/http/http_client.h"
#include "engines/http/http_server.h"

namespace bramble {
namespace {

HttpClientLimits limits_of(Settings& settings) {
  return {.authorities_file = settings.text("http_client", "authorities_file", "")};
}

}  // namespace

Engine curl_engine() {
  return {.port = "http_client",
          .name = "curl",
          .settings = [](Settings& settings) { limits_of(settings); },
          .open =
              [](const EngineContext& context, Platform& platform) {
                platform.make_http_client = [limits = limits_of(context.settings)](auto executor) {
                  return make_http_client(std::move(executor), limits);
                };
              }};
}

Engine beast_engine() {
  return {.port = "server",
          .name = "beast",
          .settings = nullptr,
          .open = [](const EngineContext&, Platform& platform) {
            platform.open_server = [](auto executor, HttpListen listen, HttpHandler handler) {
              return listen_http(std::move(executor), std::move(listen), std::move(handler));
            };
          }};
}

}  // namespace bramble
