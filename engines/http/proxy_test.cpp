#include <gtest/gtest.h>

#include "engines/http/loopback.h"

namespace bramble::http {
namespace {

Task<HttpResponse> who(HttpRequest request) {
  HttpResponse response;
  response.body = request.remote_address + (request.secure ? " secure" : " bare");
  co_return response;
}

HttpListen behind(const char* network, bool protocol = false) {
  HttpListen listen;
  listen.proxies.trusted.push_back(*IpNetwork::parse(network));
  listen.proxies.protocol = protocol;
  return listen;
}

constexpr std::string_view plain = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view told =
    "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1, 203.0.113.7\r\nX-Forwarded-Proto: https\r\n\r\n";

}  // namespace

TEST(HttpProxy, ATrustedOneSaysWhoAsks) {
  ServerThread server(behind("127.0.0.0/8"), who);
  Peer peer(server.port);
  EXPECT_EQ(peer.exchange(told).body, "203.0.113.7 secure");
  EXPECT_EQ(peer.exchange(plain).body, "127.0.0.1 bare") << "each request for itself";
}

TEST(HttpProxy, NobodyElseIsBelieved) {
  ServerThread unconfigured({}, who);
  EXPECT_EQ(Peer(unconfigured.port).exchange(told).body, "127.0.0.1 bare");
  ServerThread others(behind("10.0.0.0/8"), who);
  EXPECT_EQ(Peer(others.port).exchange(told).body, "127.0.0.1 bare");
}

TEST(HttpProxy, SpeaksTheProxyProtocolWhereItIsConfigured) {
  ServerThread server(behind("127.0.0.1", true), who);
  std::string line = "PROXY TCP4 203.0.113.9 10.0.0.1 1 2\r\n";
  Peer peer(server.port);
  EXPECT_EQ(peer.exchange(line + std::string(plain)).body, "203.0.113.9 bare");
  EXPECT_EQ(peer.exchange(plain).body, "203.0.113.9 bare") << "said once for the connection";
  EXPECT_EQ(peer.exchange(told).body, "203.0.113.9 bare") << "a client of the proxy is not believed";
  Peer slow(server.port);
  for (char byte : line) slow.send({&byte, 1});
  EXPECT_EQ(slow.exchange(plain).body, "203.0.113.9 bare");
  Peer binary(server.port);
  std::string two("\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0C\xCB\x00\x71\x07\x0A\x00\x00\x01\xDC\x04\x01\xBB", 28);
  EXPECT_EQ(binary.exchange(two + std::string(plain)).body, "203.0.113.7 bare");
}

TEST(HttpProxy, WithoutItsHeaderOrFromSomebodyElseAConnectionIsClosed) {
  ServerThread server(behind("127.0.0.1", true), who);
  Peer without(server.port);
  without.send(plain);
  EXPECT_TRUE(without.ended());
  ServerThread others(behind("10.0.0.0/8", true), who);
  Peer stranger(others.port);
  stranger.send("PROXY TCP4 203.0.113.9 10.0.0.1 1 2\r\n" + std::string(plain));
  EXPECT_TRUE(stranger.ended());
  EXPECT_EQ(others.seen().requests, 0u);
  EXPECT_EQ(others.seen().refused, 1u);
}

TEST(HttpProxy, TheProtocolsHeaderHasTheTimeOfARequest) {
  auto listen = behind("127.0.0.1", true);
  listen.limits.request_ms = 150;
  ServerThread server(listen, who);
  Peer peer(server.port);
  peer.send("PROXY TCP4 203.0.113.9");
  EXPECT_TRUE(peer.ended());
}

}  // namespace bramble::http
