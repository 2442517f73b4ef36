// The HTTP/1.1 server: see HttpServer in ports/http.h for its promise.
// All of it runs on the one thread of the given io_context executor; the handler too.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <memory>

#include "ports/http.h"

namespace bramble {

// Throws Error internal when the address cannot be listened on or the certificate not be used.
std::unique_ptr<HttpServer> listen_http(boost::asio::any_io_executor executor, HttpListen listen,
                                        HttpHandler handler,
                                        std::shared_ptr<HttpServerStats> stats = nullptr);

}  // namespace bramble
