// The files of web/ that are embedded in the binary, found by their name in code or by their address, and
// served as the build compressed them. An address with a hash never changes its content.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gateways/edge/route.h"

namespace bramble::pages {

struct Asset {
  std::string_view bytes;
  std::string_view brotli;  // empty: not compressed so
  std::string_view gzip;    // empty: not compressed so
  std::string_view content_type;
  std::string_view etag;  // without quotes
  bool forever = false;   // the address has a hash of the content
};

// By path: "/assets/storefront.Bd0c_k3e.css", "/favicon.png".
std::optional<Asset> find_asset(std::string_view path);

// The address of "storefront.css", "storefront.js", "icons.svg", "onest-latin.woff2", and so on
// (web/README.md has the names). Throws Error internal for an unknown name.
std::string_view asset_url(std::string_view name);

// An answer with the asset in the best coding that the request accepts, or 304.
HttpResponse asset_response(const Asset& asset, const HttpHeaders& asked);

// GET and HEAD of /assets/{name}, for any gateway.
std::vector<edge::Route> asset_routes();

// asset_routes, and the files that browsers expect at fixed addresses: icon, app manifest, service worker.
std::vector<edge::Route> storefront_asset_routes();

}  // namespace bramble::pages
