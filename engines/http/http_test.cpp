#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "engines/http/http_client.h"
#include "engines/http/http_server.h"

namespace bramble {
namespace asio = boost::asio;

TEST(Http, AnAnswerComesBackToTheClient) {
  asio::io_context context(1);
  auto server = listen_http(context.get_executor(), {}, [](HttpRequest request) -> Task<HttpResponse> {
    HttpResponse response;
    response.headers.add("Content-Type", "text/plain");
    response.body = request.method + " " + request.path + "?" + request.query + " " + request.body;
    co_return response;
  });
  auto client = make_http_client(context.get_executor());
  std::exception_ptr failure;
  auto story = [&]() -> Task<void> {
    for (int i = 0; i < 3; ++i) {
      HttpClientRequest request;
      request.method = "POST";
      request.url = "http://127.0.0.1:" + std::to_string(server->port()) + "/a%20b?c=d";
      request.body = "hello";
      auto response = co_await client->send(request);
      EXPECT_EQ(response.status, 200);
      EXPECT_EQ(response.body, "POST /a%20b?c=d hello");
    }
    co_await server->stop(seconds(2));
    server.reset();
    client.reset();
  };
  asio::co_spawn(context, story(), [&](std::exception_ptr thrown) { failure = thrown; });
  context.run();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace bramble
