// The HTTP/1.1 client: see HttpClient in ports/http.h for its promise.
// All of it runs on the one thread of the given executor; connections are kept alive and reused.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>

#include "ports/http.h"

namespace bramble {

struct HttpClientLimits {
  std::size_t response_bytes = 16 << 20;
  long connections = 1024;  // further requests wait for a free one, within their timeout
  long connections_per_host = 512;
  std::string authorities_file;   // PEM: whom it trusts over TLS; empty: whom the system trusts
  std::size_t requests = 16'384;  // under way and waiting; more throw Error unavailable
};

std::unique_ptr<HttpClient> make_http_client(boost::asio::any_io_executor executor,
                                             HttpClientLimits limits = {},
                                             std::shared_ptr<HttpClientStats> stats = nullptr);

}  // namespace bramble
