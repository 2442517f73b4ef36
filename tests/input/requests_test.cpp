// Requests that are no requests, or too much of one, or never end.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/input/fixture.h"
#include "tests/input/refusal_check.h"

namespace bramble::input {
namespace {

using harness::Reply;
using harness::Wire;

// The head of a request to a route with a body.
std::string head(const std::string& gateway, const std::string& lines) {
  auto line = gateway == "storefront" ? "POST /api/v1/orders"
              : gateway == "ops"      ? "POST /api/v1/warehouse/receipts"
                                      : "POST /bank/v1/payments";
  return std::string(line) + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" +
         fixture().credentials(gateway) + "Idempotency-Key: cut\r\n" + lines + "\r\n";
}

// The bytes on a connection of their own, and what comes back.
Reply send_once(const std::string& gateway, const std::string& bytes) {
  Wire wire(fixture().origin(gateway));
  wire.send(bytes);
  return wire.read();
}

class BadRequests : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { before_ = fixture().everything(); }
  void TearDown() override {
    EXPECT_EQ(before_, fixture().everything()) << "a bad request changed something";
  }

  const std::string& origin() const { return fixture().origin(GetParam()); }
  Reply send(const std::string& bytes) const { return send_once(GetParam(), bytes); }
  std::string head(const std::string& lines) const { return input::head(GetParam(), lines); }

  std::string before_;
};

TEST_P(BadRequests, WhatIsTooLargeIsRefusedWithItsOwnStatus) {
  Wire wire(origin());
  auto url = wire.ask("GET", "/api/v1/openapi.json?x=" + std::string(20'000, 'a'));
  EXPECT_EQ(check_refusal(url, ""), "") << url.head();
  EXPECT_EQ(url.status, 414);
  auto header = wire.ask("GET", "/api/v1/openapi.json", "X-Long: " + std::string(40'000, 'a') + "\r\n");
  EXPECT_EQ(check_refusal(header, ""), "") << header.head();
  EXPECT_EQ(header.status, 431);
  std::string many;
  for (int i = 0; i < 5'000; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
  auto headers = wire.ask("GET", "/api/v1/openapi.json", many);
  EXPECT_EQ(check_refusal(headers, ""), "") << headers.head();
  EXPECT_EQ(headers.status, 431);
  auto announced = send(head("Content-Length: 2000000\r\n"));
  EXPECT_EQ(check_refusal(announced, ""), "") << announced.head();
  EXPECT_EQ(announced.status, 413);
  auto overflowing = send(head("Content-Length: 99999999999999999999999\r\n"));
  EXPECT_EQ(check_refusal(overflowing, ""), "") << overflowing.head();
  std::string chunks;
  for (int i = 0; i < 40; ++i) chunks += "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  auto chunked = send(head("Transfer-Encoding: chunked\r\n") + chunks + "0\r\n\r\n");
  EXPECT_EQ(chunked.status, 413) << chunked.head();
}

TEST_P(BadRequests, WhatIsNotHttpIsRefused) {
  for (const std::string& bytes :
       {std::string("\r\n\r\n\r\n"), std::string("hello\r\n\r\n"), std::string("GET\r\n\r\n"),
        std::string("GET / HTTP/9.9\r\nHost: x\r\n\r\n"), std::string("GET / HTTP/1.1\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost x\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nHost: x\r\nA\0B: 1\r\n\r\n", 36),
        std::string("GET / HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n"),
        std::string("GET /\xFF HTTP/1.1\r\nHost: x\r\n\r\n"),
        std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15),
        head("Content-Length: -1\r\n"), head("Content-Length: 1\r\nContent-Length: 2\r\n") + "{}",
        head("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n",
        head("Transfer-Encoding: chunked\r\n") + "zz\r\n{}\r\n0\r\n\r\n",
        head("Transfer-Encoding: gzip, chunked\r\n") + "0\r\n\r\n"}) {
    Wire wire(origin());
    wire.send(bytes);
    wire.end_sending();
    auto reply = wire.read();
    if (reply.status == 0) continue;  // closed without a word: it was no request at all
    EXPECT_GE(reply.status, 400) << bytes;
    EXPECT_LT(reply.status, 500) << bytes;
    EXPECT_TRUE(reply.header("content-type").starts_with("application/problem+json"))
        << bytes << reply.head();
  }
}

TEST_P(BadRequests, AnUnknownAddressOrMethodIsRefused) {
  Wire wire(origin());
  for (const char* path :
       {"/nowhere", "/api/v1/", "/api/v1/orders/../orders", "//", "/%00", "/api/v2/orders", "/.env"}) {
    auto reply = wire.ask("GET", path, fixture().credentials(GetParam()));
    EXPECT_EQ(check_refusal(reply, ""), "") << path << " " << reply.status << reply.body;
  }
  for (const char* method : {"PATCH", "DELETE", "TRACE", "BREW", "CONNECT"}) {
    auto reply = wire.ask(method, "/api/v1/openapi.json");
    EXPECT_EQ(check_refusal(reply, ""), "") << method << " " << reply.status << reply.body;
    EXPECT_NE(reply.header("allow").find("GET"), std::string::npos) << method;
  }
}

TEST_P(BadRequests, OddHeadersAreRefusedOrIgnored) {
  Wire wire(origin());
  for (const std::string& lines :
       {std::string("Authorization: Basic YTpi\r\n"), std::string("Authorization: Bearer\r\n"),
        std::string("Authorization: \xFF\xFE\r\n"), std::string("Authorization: Bearer a.b.c\r\n"),
        std::string("traceparent: 00-zz-zz-01\r\n"), std::string("X-Request-Id: \"><script>\r\n"),
        std::string("X-Cart-Token: ../../x\r\n"), std::string("Cookie: bramble_cart=;;==;\r\n"),
        std::string("Last-Event-ID: -5\r\n"), std::string("Accept-Encoding: gzip;q=9e99,br;q=\r\n"),
        std::string("If-None-Match: \"\r\n"), std::string("Range: bytes=9-1\r\n")}) {
    for (const char* path :
         {"/api/v1/openapi.json", "/api/v1/cart", "/api/v1/orders", "/api/v1/warehouse/sites"}) {
      auto reply = wire.ask("GET", path, lines);
      EXPECT_GT(reply.status, 0) << lines << path;
      EXPECT_LT(reply.status, 500) << lines << path;
      if (reply.status >= 400) EXPECT_EQ(check_refusal(reply, ""), "") << lines << path << reply.body;
    }
  }
}

TEST_P(BadRequests, ABodyThatIsCutOffIsNotActedOn) {
  for (const std::string& bytes :
       {head("Content-Length: 500\r\n") + "{\"items\":[", head("Content-Length: 500\r\n"),
        head("Transfer-Encoding: chunked\r\n") + "10\r\n{\"items\"", std::string("POST /api/v1/ord")}) {
    {
      Wire wire(origin());
      wire.send(bytes);
    }
    Wire wire(origin());
    wire.send(bytes);
    wire.end_sending();
    auto reply = wire.read();
    EXPECT_TRUE(reply.status == 0 || (reply.status >= 400 && reply.status < 500)) << bytes << reply.head();
  }
}

// All wait side by side, since a request has half a minute.
TEST(SlowRequests, ARequestThatNeverEndsIsTimedOutAndChangesNothing) {
  auto before = fixture().everything();
  std::vector<std::thread> threads;
  for (std::string gateway : {"storefront", "ops", "sandbox"}) {
    for (const auto& beginning : {std::string("GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\nX-Slow: "),
                                  head(gateway, "Content-Length: 100\r\n") + "{",
                                  head(gateway, "Transfer-Encoding: chunked\r\n") + "5\r\n{"}) {
      threads.emplace_back([gateway, beginning] {
        auto reply = send_once(gateway, beginning);
        EXPECT_EQ(reply.status, 408) << gateway << beginning << reply.head();
        EXPECT_EQ(check_refusal(reply, ""), "") << gateway << beginning << reply.body;
      });
    }
    // A request that trickles gets no more time than one that stalls.
    threads.emplace_back([gateway] {
      Wire wire(fixture().origin(gateway));
      wire.send(head(gateway, "Content-Length: 100\r\n"));
      int sent = 0;
      while (sent < 99 && wire.send(" ")) {
        ++sent;
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
      }
      EXPECT_LT(sent, 99) << gateway << " read on for ever";
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(before, fixture().everything());
}

INSTANTIATE_TEST_SUITE_P(Gateways, BadRequests, testing::Values("storefront", "ops", "sandbox"),
                         [](const auto& gateway) { return std::string(gateway.param); });

}  // namespace
}  // namespace bramble::input
