// The files of web/ that are linked in: found by the name that code knows, or by their address, and served
// as they were packed at build time. An address with a hash never changes its content.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gateways/edge/route.h"

namespace bramble::pages {

struct Asset {
  std::string_view bytes;
  std::string_view brotli;  // empty: not kept that way
  std::string_view gzip;    // empty: not kept that way
  std::string_view content_type;
  std::string_view etag;  // without quotes
  bool forever = false;   // its address changes with its content
};

// By the path of an address: "/assets/storefront.Bd0c_k3e.css", "/favicon.png".
std::optional<Asset> find_asset(std::string_view path);

// The address of "storefront.css", "storefront.js", "icons.svg", "onest-latin.woff2", and so on
// (web/README.md has the names). Throws Error internal for a name that nothing was built of.
std::string_view asset_url(std::string_view name);

// An answer with the asset in the best coding that the request accepts, or 304.
HttpResponse asset_response(const Asset& asset, const HttpHeaders& asked);

// GET and HEAD of /assets/{name}, for any gateway.
std::vector<edge::Route> asset_routes();

// asset_routes, and what browsers look for at fixed addresses of a shop: icon, app manifest, service worker.
std::vector<edge::Route> storefront_asset_routes();

}  // namespace bramble::pages
