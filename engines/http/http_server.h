// The HTTP/1.1 server: see HttpServer in ports/http.h for its promise.
// All of it runs on the one thread of the given io_context executor; the handler too.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>

#include "ports/http.h"

namespace bramble {

// What a server has done since it began. Written by its thread only; another may read a slightly old value.
struct HttpServerStats {
  std::uint64_t accepted = 0;     // connections
  std::uint64_t turned_away = 0;  // connections over the limit
  std::uint64_t open = 0;         // connections now
  std::uint64_t requests = 0;     // given to the handler
  std::uint64_t refused = 0;      // requests answered by the server itself: malformed, too large, too slow
  std::uint64_t streams = 0;      // streamed answers now
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
};

// Throws Error internal when the address cannot be listened on or the certificate not be used.
std::unique_ptr<HttpServer> listen_http(boost::asio::any_io_executor executor, HttpListen listen,
                                        HttpHandler handler,
                                        std::shared_ptr<HttpServerStats> stats = nullptr);

}  // namespace bramble
