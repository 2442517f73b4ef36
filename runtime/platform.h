// The engines that a process runs on, chosen by the app or by a test. What is left empty is an error only
// when a module asks for it.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>

#include "ports/blobs.h"
#include "ports/cache.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/http.h"
#include "ports/search.h"

namespace bramble {

struct Platform {
  std::shared_ptr<Clock> clock;    // must be there
  std::shared_ptr<Random> random;  // must be there
  // Each database is used by its one module and opened once; may be called on any thread.
  std::function<std::unique_ptr<Database>(const std::string& module)> open_database;
  std::function<std::unique_ptr<HttpClient>(boost::asio::any_io_executor)> make_http_client;
  std::function<std::unique_ptr<HttpServer>(boost::asio::any_io_executor, HttpListen, HttpHandler)>
      open_server;
  // Made on the main loop's executor; a module on a loop of its own has none of them.
  std::function<std::unique_ptr<Cache>(boost::asio::any_io_executor)> make_cache;
  std::function<std::unique_ptr<SearchIndex>(boost::asio::any_io_executor)> make_search;
  std::function<std::unique_ptr<BlobStore>(boost::asio::any_io_executor)> make_blobs;
};

}  // namespace bramble
