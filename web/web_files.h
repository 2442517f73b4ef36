// The tables that web/scripts/pack.mjs makes of the built files: where each lies in the bytes that are
// linked in. gateways/pages/assets.h is how to use them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace bramble {

struct WebFile {
  std::string_view path;  // "/assets/storefront.Bd0c_k3e.css"
  std::string_view content_type;
  std::string_view etag;  // without quotes
  bool forever;           // its address changes with its content
  // Offsets and sizes in web_bytes(); a size of 0: not kept that way.
  std::size_t plain_at, plain_size;
  std::size_t brotli_at, brotli_size;
  std::size_t gzip_at, gzip_size;
};

// An address by the name that code knows: "storefront.css".
struct WebName {
  std::string_view name;
  std::string_view path;
};

std::span<const WebFile> web_files();  // sorted by path
std::span<const WebName> web_names();  // sorted by name
std::string_view web_bytes();

}  // namespace bramble
