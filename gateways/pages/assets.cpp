#include "gateways/pages/assets.h"

#include <algorithm>

#include "base/error.h"
#include "gateways/edge/problem.h"
#include "ports/http_encoding.h"
#include "web/web_files.h"

namespace bramble::pages {
namespace {

constexpr std::string_view kept_forever = "public, max-age=31536000, immutable";
constexpr std::string_view asked_again = "no-cache";

// Whether If-None-Match names this tag, which is in quotes.
bool names_tag(std::string_view condition, std::string_view tag) {
  return condition == "*" || condition.find(tag) != std::string_view::npos;
}

Task<HttpResponse> serve(edge::HttpCall& http) {
  auto asset = find_asset(http.request->path);
  if (!asset) throw edge::Problem(404, "no_such_path", "There is nothing at this address.");
  co_return asset_response(*asset, http.request->headers);
}

}  // namespace

std::optional<Asset> find_asset(std::string_view path) {
  auto files = web_files();
  auto file = std::lower_bound(files.begin(), files.end(), path,
                               [](const WebFile& row, std::string_view wanted) { return row.path < wanted; });
  if (file == files.end() || file->path != path) return std::nullopt;
  auto bytes = web_bytes();
  return Asset{bytes.substr(file->plain_at, file->plain_size),
               bytes.substr(file->brotli_at, file->brotli_size),
               bytes.substr(file->gzip_at, file->gzip_size),
               file->content_type,
               file->etag,
               file->forever};
}

std::string_view asset_url(std::string_view name) {
  auto names = web_names();
  auto found =
      std::lower_bound(names.begin(), names.end(), name,
                       [](const WebName& row, std::string_view wanted) { return row.name < wanted; });
  if (found == names.end() || found->name != name) {
    throw Error(ErrorCode::internal, "no_such_asset", "web/ builds no " + std::string(name));
  }
  return found->path;
}

HttpResponse asset_response(const Asset& asset, const HttpHeaders& asked) {
  auto accepted = parse_accept_encoding(asked.get("Accept-Encoding"));
  bool brotli = accepted.brotli && !asset.brotli.empty();
  bool gzip = !brotli && accepted.gzip && !asset.gzip.empty();
  // Each coding is a representation of its own and has its own tag.
  std::string tag = "\"" + std::string(asset.etag) + (brotli ? "-br\"" : gzip ? "-gz\"" : "\"");
  HttpResponse response;
  response.headers.add("ETag", tag);
  response.headers.add("Cache-Control", std::string(asset.forever ? kept_forever : asked_again));
  if (!asset.brotli.empty() || !asset.gzip.empty()) response.headers.add("Vary", "Accept-Encoding");
  if (names_tag(asked.get("If-None-Match"), tag)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", std::string(asset.content_type));
  if (brotli) response.headers.add("Content-Encoding", "br");
  if (gzip) response.headers.add("Content-Encoding", "gzip");
  response.body = brotli ? asset.brotli : gzip ? asset.gzip : asset.bytes;
  return response;
}

std::vector<edge::Route> asset_routes() {
  return {{{.name = "asset", .method = "GET", .path = "/assets/{name}"}, serve}};
}

std::vector<edge::Route> storefront_asset_routes() {
  auto routes = asset_routes();
  for (const auto& file : web_files()) {
    // The terminal's service worker is not for the shop.
    if (!file.path.starts_with("/assets/") && !file.path.starts_with("/terminal")) {
      routes.push_back({{.name = "root_asset", .method = "GET", .path = file.path}, serve});
    }
  }
  return routes;
}

}  // namespace bramble::pages
