#include "gateways/ops/session/app_shell.h"

#include <array>
#include <memory>

#include "base/error.h"
#include "gateways/pages/assets.h"
#include "gateways/pages/preferences.h"

namespace bramble::ops {
namespace {

constexpr std::string_view icon_path = "/favicon.png";
constexpr std::string_view worker_path = "/terminal-worker.js";

// All variable text comes from constants, so nothing needs escaping.
std::string document(const AppShell& shell, bool sandboxed, std::string_view language,
                     std::string_view theme) {
  auto asset = [&](std::string_view ending) {
    return pages::asset_url(std::string(shell.name) + "." + std::string(ending));
  };
  std::string html = "<!doctype html>\n<html lang=\"";
  html.append(language).append("\"");
  if (theme != "auto") html.append(" data-theme=\"").append(theme).append("\"");
  html.append(">\n<head>\n<meta charset=\"utf-8\">\n<title>")
      .append(shell.title)
      .append(" · Bramble</title>\n");
  html.append(
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1, viewport-fit=cover\">\n");
  html.append("<meta name=\"robots\" content=\"noindex, nofollow\">\n");
  html.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
  html.append("<link rel=\"icon\" type=\"image/png\" href=\"").append(icon_path).append("\">\n");
  for (const char* font : {"onest-latin.woff2", "onest-cyrillic.woff2"}) {
    html.append("<link rel=\"preload\" href=\"").append(pages::asset_url(font));
    html.append("\" as=\"font\" type=\"font/woff2\" crossorigin>\n");
  }
  html.append("<link rel=\"stylesheet\" href=\"").append(asset("css")).append("\">\n");
  html.append("<script type=\"module\" src=\"").append(asset("js")).append("\"></script>\n");
  html.append("</head>\n").append(sandboxed ? "<body class=\"is-sandboxed\">\n" : "<body>\n");
  if (sandboxed) {
    html.append("<aside class=\"sandbox-note\">")
        .append(language == "en" ? "Sandbox: no real money, no real SMS"
                                 : "Песочница: деньги и СМС ненастоящие")
        .append("</aside>\n");
  }
  html.append("<div id=\"app\"></div>\n<noscript>");
  html.append(language == "en" ? "This page needs JavaScript." : "Для этой страницы нужен JavaScript.");
  html.append("</noscript>\n</body>\n</html>\n");
  return html;
}

void secure_headers(HttpHeaders& headers) {
  headers.add("Content-Security-Policy",
              "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
              "frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'");
  headers.add("X-Frame-Options", "DENY");
  headers.add("X-Robots-Tag", "noindex, nofollow");
  headers.add("Referrer-Policy", "no-referrer");
  headers.add("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
  headers.add("Cross-Origin-Opener-Policy", "same-origin");
}

Task<HttpResponse> answer(const AppShell& shell, bool sandboxed, const edge::HttpCall& http) {
  HttpResponse response;
  auto language = http.call.language == "en" ? "en" : "ru";
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Content-Language", language);
  // The page names the program's current address, so it must not come from a cache.
  response.headers.add("Cache-Control", "private, no-cache");
  secure_headers(response.headers);
  response.body = document(shell, sandboxed, language, pages::theme_of(*http.request));
  co_return response;
}

Task<HttpResponse> fixed_file(edge::HttpCall& http) {
  auto asset = pages::find_asset(http.request->path);
  if (!asset) throw Error(ErrorCode::internal, "no_such_asset", "web/ builds no " + http.request->path);
  co_return pages::asset_response(*asset, http.request->headers);
}

}  // namespace

std::vector<edge::Route> fixed_file_routes() {
  std::vector<edge::Route> routes;
  for (auto path : {icon_path, worker_path}) {
    routes.push_back({{.name = "fixed_file", .method = "GET", .path = path}, fixed_file});
  }
  return routes;
}

std::vector<edge::Route> app_routes(const AppShell& shell, bool sandboxed) {
  // The path must outlive its route.
  static const std::array<std::string, 3> below = {"", "/{first}", "/{first}/{second}"};
  std::vector<edge::Route> routes;
  for (const auto& rest : below) {
    auto path = std::make_shared<const std::string>("/" + std::string(shell.name) + rest);
    edge::Route route{{.name = shell.name, .method = "GET", .path = *path, .page = true},
                      [path, shell, sandboxed](edge::HttpCall& http) {
                        return answer(shell, sandboxed, http);
                      }};
    routes.push_back(std::move(route));
  }
  return routes;
}

}  // namespace bramble::ops
