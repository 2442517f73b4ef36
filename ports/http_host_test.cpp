#include "ports/http_host.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace bramble {
namespace {

int status_for(const std::string& host, std::string_view public_url) {
  auto handler =
      for_own_hosts([](HttpRequest) -> Task<HttpResponse> { co_return HttpResponse{}; }, public_url);
  HttpRequest request;
  if (!host.empty()) request.headers.add("Host", host);
  int status = 0;
  boost::asio::io_context io;
  boost::asio::co_spawn(io, handler(std::move(request)),
                        [&](std::exception_ptr, HttpResponse response) { status = response.status; });
  io.run();
  return status;
}

TEST(HttpHost, IsReadFromHeadersAndUrls) {
  for (const auto& [text, host] :
       std::vector<std::pair<std::string_view, std::string_view>>{{"localhost", "localhost"},
                                                                  {"shop.test:80", "shop.test"},
                                                                  {"[::1]:8090", "::1"},
                                                                  {"[::1]", "::1"},
                                                                  {"https://bank.test/acs", "bank.test"},
                                                                  {"http://[::1]:8090", "::1"},
                                                                  {"", ""}}) {
    EXPECT_EQ(host_of(text), host) << text;
  }
}

TEST(HttpHost, OnlyItsOwnNamesAreAnswered) {
  for (const char* own :
       {"localhost:1", "127.0.0.1", "127.1.2.3:1", "[::1]:1", "BANK.test", "bank.test:443"}) {
    EXPECT_EQ(status_for(own, "https://bank.test/"), 200) << own;
  }
  for (const char* other :
       {"evil.test", "bank.test.evil.test", "127.0.0.1.evil.test", "192.0.2.1", "[::2]"}) {
    EXPECT_EQ(status_for(other, "https://bank.test/"), 421) << other;
  }
  EXPECT_EQ(status_for("bank.test", ""), 421);
  EXPECT_EQ(status_for("", ""), 200);
}

}  // namespace
}  // namespace bramble
