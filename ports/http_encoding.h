// Parses Accept-Encoding: which of our content codings a client accepts.
#pragma once

#include <string_view>

namespace bramble {

struct AcceptEncoding {
  bool brotli = false;
  bool gzip = false;
};

AcceptEncoding parse_accept_encoding(std::string_view value);

}  // namespace bramble
