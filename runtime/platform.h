// The engines of a process. Configuration chooses them (runtime/engine.h), or a test does. A process opens
// only what a module asks for; asking for an empty member is an error.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <string>

#include "ports/cache.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "ports/http.h"
#include "ports/search.h"

namespace bramble {

struct Platform {
  std::shared_ptr<Clock> clock;    // required
  std::shared_ptr<Random> random;  // required
  // Opens the database of one module, once. Any thread may call it.
  std::function<std::unique_ptr<Database>(const std::string& module)> open_database;
  std::function<std::unique_ptr<HttpClient>(boost::asio::any_io_executor)> make_http_client;
  std::function<std::unique_ptr<HttpServer>(boost::asio::any_io_executor, HttpListen, HttpHandler)>
      open_server;
  // Made on the main loop's executor. A module on a loop of its own cannot use them.
  std::function<std::unique_ptr<Cache>(boost::asio::any_io_executor)> make_cache;
  std::function<std::unique_ptr<SearchIndex>(boost::asio::any_io_executor)> make_search;
};

}  // namespace bramble
