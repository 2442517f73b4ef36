#include "engines/http/request_reader.h"

#include <gtest/gtest.h>

namespace bramble::http {
namespace {

struct Outcome {
  int refused = 0;  // the status, or 0
  bool complete = false;
  HttpRequest request;
  std::string rest;
};

// Gives the bytes in pieces of one size, as a network might.
Outcome read(std::string_view bytes, std::size_t piece, const HttpLimits& limits = {}) {
  RequestReader reader(limits);
  std::string held;
  std::size_t at = 0;
  auto going_on = [&] { return reader.state() == ReadState::head || reader.state() == ReadState::body; };
  while (at < bytes.size() && going_on()) {
    held.append(bytes.substr(at, piece));
    at += std::min(piece, bytes.size() - at);
    held.erase(0, reader.feed(held));
  }
  Outcome outcome;
  outcome.refused = reader.state() == ReadState::refused ? reader.refusal().status : 0;
  outcome.complete = reader.state() == ReadState::complete;
  outcome.rest = held + std::string(bytes.substr(at));
  if (outcome.complete) outcome.request = reader.take_request();
  return outcome;
}

std::string get(std::string_view lines) { return "GET / HTTP/1.1\r\n" + std::string(lines) + "\r\n"; }

}  // namespace

TEST(RequestReader, ReadsTheSameInPiecesOfAnySize) {
  std::string_view bytes =
      "POST /api/v1/orders/ord_1?expand=items&x=%20 HTTP/1.1\r\nHost: shop.example:8080\r\nX-A:  b c \r\n"
      "Content-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    auto outcome = read(bytes, piece);
    ASSERT_TRUE(outcome.complete) << piece;
    EXPECT_EQ(outcome.request.method, "POST");
    EXPECT_EQ(outcome.request.path, "/api/v1/orders/ord_1");
    EXPECT_EQ(outcome.request.query, "expand=items&x=%20");
    EXPECT_EQ(outcome.request.headers.get("x-a"), "b c");
    EXPECT_EQ(outcome.request.body, "hello");
    EXPECT_EQ(outcome.rest, "GET / HTTP/1.1\r\n");
  }
}

TEST(RequestReader, TakesWhatDecidesOnceAndJoinsCookies) {
  for (std::string name : {"Authorization", "Idempotency-Key", "Content-Type", "If-Match"}) {
    auto lower = name == "If-Match" ? "if-match" : name;
    auto lines = "Host: a\r\n" + name + ": x\r\n";
    EXPECT_TRUE(read(get(lines), 7).complete) << name;
    EXPECT_EQ(read(get(lines + lower + ": x\r\n"), 7).refused, 400) << name;
  }
  auto outcome = read(get("Host: a\r\nCookie: a=1\r\ncookie: b=2\r\n"), 7);
  ASSERT_TRUE(outcome.complete);
  EXPECT_EQ(outcome.request.headers.get("Cookie"), "a=1; b=2");
}

TEST(RequestReader, ReadsChunkedBodiesAndIgnoresTrailers) {
  std::string_view bytes = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
                           "5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nAuthorization: Bearer forged\r\n\r\nNEXT";
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    auto outcome = read(bytes, piece);
    ASSERT_TRUE(outcome.complete) << piece;
    EXPECT_EQ(outcome.request.body, "hello world");
    EXPECT_FALSE(outcome.request.headers.has("Authorization"));
    EXPECT_EQ(outcome.rest, "NEXT");
  }
}

TEST(RequestReader, TakesTargetsInAbsoluteForm) {
  auto outcome = read("GET http://shop.example/a/b?c HTTP/1.1\r\nHost: shop.example\r\n\r\n", 1000);
  EXPECT_EQ(outcome.request.path, "/a/b");
  EXPECT_EQ(outcome.request.query, "c");
  EXPECT_EQ(read("GET http://shop.example?q HTTP/1.1\r\nHost: a\r\n\r\n", 1000).request.path, "/");
  EXPECT_EQ(read("GET http://shop.example HTTP/1.1\r\nHost: a\r\n\r\n", 1000).request.path, "/");
  EXPECT_EQ(read("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 1000).request.path, "*");
}

TEST(RequestReader, RefusesWhatIsMalformed) {
  using namespace std::string_literals;
  const std::vector<std::string> cases = {
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 not TLS here"s,
      "GET\r\n\r\n",
      "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
      "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
      "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
      "GET / HTTX/1.1\r\nHost: a\r\n\r\n",
      "GET x HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /a\x01 HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"s,
      "CONNECT shop.example:443 HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET http://u@x@y:z/ HTTP/1.1\r\nHost: a\r\n\r\n",
      get(""),
      get("Host: a\r\nHost: a\r\n"),
      get("Host: a b\r\n"),
      get("Host:\r\n"),
      get("Host: a/b\r\n"),
      get("Host: a:b\r\n"),
      get("Host: [::1\r\n"),
      get("Host: a\r\nX : b\r\n"),
      get("Host: a\r\nX\r\n"),
      get("Host: a\r\n: b\r\n"),
      get("Host: a\r\nX: a\0b\r\n"s),
      get("Host: a\r\nX: a\x01"
          "b\r\n"),
      get("Host: a\r\nX: a\rb\r\n"),
      get("Host: a\r\nX: a\r\n b\r\n"),
      get("Host: a\r\nX: a\r\n\tb\r\n"),
      get("Host: a\r\nX:\r\n b\r\n"),
      get(" Host: a\r\n"),
      get("Host: a\r\nTransfer-Encoding:\r\n chunked\r\n") + "0\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: chunked\r\n \r\n") + "0\r\n\r\n",
      get("Host: a\r\nX: b\n\r\n"),
      get("Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n") + "x",
      get("Host: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n") + "x",
      get("Host: a\r\nContent-Length: 1, 1\r\n") + "x",
      get("Host: a\r\nContent-Length: +1\r\n") + "x",
      get("Host: a\r\nContent-Length: -1\r\n") + "x",
      get("Host: a\r\nContent-Length: 0x1\r\n") + "x",
      get("Host: a\r\nContent-Length:\r\n") + "x",
      get("Host: a\r\nContent-Length: 99999999999999999999999\r\n") + "x",
      get("Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n") + "0\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: chunked, gzip\r\n") + "0\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: identity\r\n"),
      get("Host: a\r\nTransfer-Encoding:\r\n"),
      get("Host: a\r\nTransfer-Encoding: \x0b"
          "chunked\r\n"),
      "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: chunked\r\n") + "x\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: chunked\r\n") + "-1\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: chunked\r\n") + "1\r\nabc\r\n0\r\n\r\n",
      get("Host: a\r\nTransfer-Encoding: chunked\r\n") + "fffffffffffffffff\r\n",
  };
  for (const auto& bytes : cases) {
    for (std::size_t piece : {std::size_t(1), std::size_t(7), bytes.size()}) {
      EXPECT_EQ(read(bytes, piece).refused, 400) << bytes << " in pieces of " << piece;
    }
  }
}

TEST(RequestReader, AcceptsWhatIsUnusualButValid) {
  const std::vector<std::string> cases = {
      "GET / HTTP/1.0\r\n\r\n",
      "PURGE / HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /\xd1\x87\xd0\xb0\xd0\xb9?q=\xd1\x87 HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET //a/../b HTTP/1.1\r\nHost: a\r\n\r\n",
      get("Host: [::1]:8080\r\n"),
      get("Host: 127.0.0.1\r\n"),
      get("Host: a:\r\n"),
      get("hOsT: a\r\n"),
      get("Host:a\r\nX:\r\n"),
      get("Host: a\r\nX: \xd1\x87\r\n"),
      get("Host: a\r\nContent-Length: 0\r\n"),
      get("Host: a\r\nContent-Length: 00001\r\n") + "x",
  };
  for (const auto& bytes : cases) EXPECT_TRUE(read(bytes, bytes.size()).complete) << bytes;
}

TEST(RequestReader, EnforcesEveryLimit) {
  HttpLimits limits;
  limits.url_bytes = 100;
  limits.header_bytes = 300;
  limits.body_bytes = 10;
  auto status = [&](const std::string& bytes) { return read(bytes, 16, limits).refused; };
  EXPECT_EQ(status("GET /" + std::string(99, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 0);
  EXPECT_EQ(status("GET /" + std::string(100, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
  EXPECT_EQ(status("GET /" + std::string(1000, 'a')), 414);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(1000, 'a')), 431);
  EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(300, 'a') + "\r\n\r\n"), 431);
  // A header that is allowed is allowed in any pieces, also when it is longer than a URL may be.
  for (std::size_t piece : {1, 3, 1000}) {
    EXPECT_TRUE(read("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(250, 'a') + "\r\n\r\n", piece, limits)
                    .complete);
  }
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 100; ++i) many += "a: b\r\n";
  EXPECT_EQ(status(many + "\r\n"), 431);
  EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789"), 0);
  EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n"), 413);
  EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n01"), 413);
  EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n6\r\n01"),
            413);
}

TEST(RequestReader, MayBeUsedAgain) {
  RequestReader reader({});
  for (int i = 0; i < 3; ++i) {
    reader.restart();
    auto bytes = "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    EXPECT_EQ(reader.feed(bytes), bytes.size());
    ASSERT_EQ(reader.state(), ReadState::complete);
    EXPECT_EQ(reader.take_request().path, "/" + std::to_string(i));
  }
}

}  // namespace bramble::http
