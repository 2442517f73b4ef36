#include <gtest/gtest.h>

#include "engines/http/loopback.h"

namespace bramble::http {
namespace {

constexpr std::string_view hook = "POST /hooks/bank HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
constexpr std::string_view probe = "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view page = "GET /page HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view listen_in = "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n";

// A stream lasts until its reader goes.
Task<HttpResponse> shop(HttpRequest request) {
  HttpResponse response;
  response.body = request.path;
  if (request.path == "/stream") {
    response.stream = [](HttpStream& stream) -> Task<void> {
      co_await stream.write("open");
      co_await suspend([&](Resume resume) { stream.on_closed(std::move(resume)); });
    };
  }
  co_return response;
}

HttpListen small(std::size_t connections, std::size_t urgent) {
  HttpListen listen;
  listen.limits.connections = connections;
  listen.limits.urgent_connections = urgent;
  listen.urgent_path = "/hooks/";
  return listen;
}

// So many connections that have begun a request and take their time.
std::vector<std::unique_ptr<Peer>> slow_ones(ServerThread& server, std::size_t count,
                                             std::uint32_t host = 1) {
  std::vector<std::unique_ptr<Peer>> peers;
  auto before = server.seen().bytes_in;
  constexpr std::string_view begun = "GET /slow HTTP/1.1\r\n";
  for (std::size_t i = 0; i < count; ++i) {
    peers.push_back(std::make_unique<Peer>(server.port, host));
    peers.back()->send(begun);
  }
  EXPECT_TRUE(server.becomes([&] { return server.stats->bytes_in >= before + count * begun.size(); }));
  return peers;
}

}  // namespace

TEST(HttpRoom, WhenBuyersHaveTakenTheirConnectionsTheBankIsStillHeard) {
  ServerThread server(small(8, 4), shop);
  auto buyers = slow_ones(server, 4);
  Peer late(server.port);
  EXPECT_EQ(late.exchange(page).status, 503);
  for (int i = 0; i < 3; ++i) {
    Peer bank(server.port);
    auto answer = bank.exchange(hook);
    EXPECT_EQ(answer.body, "/hooks/bank");
    EXPECT_TRUE(answer.has("Connection: close\r\n")) << "the room is for the next";
    EXPECT_EQ(Peer(server.port).exchange(probe).body, "/readyz");
  }
  EXPECT_EQ(server.seen().turned_away, 1u);
  buyers.clear();
  EXPECT_TRUE(server.becomes([&] { return server.stats->open <= 1; }));
  EXPECT_EQ(Peer(server.port).exchange(page).status, 200);
}

TEST(HttpRoom, WhoDawdlesInTheRoomOfUrgentRequestsIsSoonOut) {
  auto listen = small(4, 1);
  listen.limits.urgent_ms = 150;
  ServerThread server(listen, shop);
  auto buyers = slow_ones(server, 4);
  EXPECT_EQ(buyers.back()->read_answer().status, 408);
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 3; }));
  EXPECT_EQ(Peer(server.port).exchange(hook).body, "/hooks/bank");
}

TEST(HttpRoom, IdleConnectionsGiveWayToNewOnes) {
  ServerThread server(small(4, 1), shop);
  std::vector<std::unique_ptr<Peer>> idle;
  for (int i = 0; i < 3; ++i) {
    idle.push_back(std::make_unique<Peer>(server.port));
    EXPECT_EQ(idle.back()->exchange(page).status, 200);
  }
  Peer first(server.port);
  EXPECT_EQ(first.exchange(page).status, 200);
  EXPECT_TRUE(idle[0]->ended()) << "the longest idle";
  EXPECT_TRUE(server.becomes([&] { return server.stats->open <= 3; }));
  EXPECT_EQ(idle[1]->exchange(page).status, 200);
  EXPECT_EQ(server.seen().made_room, 1u);
}

TEST(HttpRoom, AFewAddressesThatTakeAllOfItKeepNobodyElseOut) {
  for (std::size_t urgent : {0, 2}) {
    auto listen = small(6 + urgent, urgent);
    listen.limits.connections_per_address = 3;
    ServerThread server(listen, shop);
    auto some = slow_ones(server, 3, 2);
    auto others = slow_ones(server, 3, 3);
    std::vector<std::unique_ptr<Peer>> staff;
    for (int i = 0; i < 2; ++i) {
      staff.push_back(std::make_unique<Peer>(server.port, 4));
      EXPECT_EQ(staff.back()->exchange(page).status, 200) << i;
      EXPECT_TRUE(server.becomes([&] { return server.stats->open <= 6; }));
    }
    EXPECT_EQ(server.seen().made_room, 2u);
    // All have two: nobody has to give way to a third of one of them, but its own idle one.
    EXPECT_EQ(Peer(server.port, 2).exchange(page).status, 503);
    EXPECT_EQ(Peer(server.port, 4).exchange(page).status, 200);
    EXPECT_TRUE(staff[0]->ended());
    EXPECT_EQ(staff[1]->exchange(page).status, 200);
  }
}

TEST(HttpRoom, WhoIsBeingAnsweredDoesNotGiveWay) {
  auto listen = small(4, 0);
  listen.limits.connections_per_address = 4;
  ServerThread server(listen, shop);
  Peer one(server.port, 2), two(server.port, 2);
  one.send(listen_in);
  two.send(listen_in);
  one.read_until("open");
  two.read_until("open");
  auto slow = slow_ones(server, 2, 2);
  EXPECT_EQ(Peer(server.port, 3).exchange(page).status, 200);
  EXPECT_TRUE(slow[0]->ended());
  EXPECT_EQ(server.seen().streams, 2u);
}

TEST(HttpRoom, StreamsHaveHalfOfTheConnections) {
  ServerThread server(small(6, 2), shop);
  Peer one(server.port), two(server.port);
  one.send(listen_in);
  two.send(listen_in);
  one.read_until("open");
  two.read_until("open");
  auto refused = Peer(server.port).exchange(listen_in);
  EXPECT_EQ(refused.status, 503);
  EXPECT_NE(refused.body.find("too_many_streams"), std::string::npos);
  EXPECT_EQ(Peer(server.port).exchange(page).status, 200);
  one.close();
  EXPECT_TRUE(server.becomes([&] { return server.stats->streams == 1; }));
  Peer three(server.port);
  three.send(listen_in);
  three.read_until("open");
}

TEST(HttpRoom, AnAddressHasSoManyConnectionsAndNoMore) {
  HttpListen listen;
  listen.limits.connections_per_address = 3;
  ServerThread server(listen, shop);
  {
    auto slow = slow_ones(server, 3);
    Peer more(server.port);
    EXPECT_EQ(more.exchange(page).status, 503);
    EXPECT_EQ(server.seen().over_address, 1u);
  }
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
  EXPECT_EQ(Peer(server.port).exchange(page).status, 200);
  listen.limit_loopback = false;
  ServerThread practice(listen, shop);
  auto many = slow_ones(practice, 10);
  EXPECT_EQ(Peer(practice.port).exchange(page).status, 200);
}

TEST(HttpRoom, BehindTheProxyProtocolTheClientsAddressIsCounted) {
  HttpListen listen;
  listen.limits.connections_per_address = 1;
  listen.proxies.trusted.push_back(*IpNetwork::parse("127.0.0.1"));
  listen.proxies.protocol = true;
  ServerThread server(listen, shop);
  std::string from_seven = "PROXY TCP4 203.0.113.7 10.0.0.1 1 2\r\n";
  Peer first(server.port);
  EXPECT_EQ(first.exchange(from_seven + std::string(page)).status, 200);
  Peer second(server.port);
  second.send(from_seven + std::string(page));
  EXPECT_TRUE(second.ended());
  Peer other(server.port);
  EXPECT_EQ(other.exchange("PROXY TCP4 203.0.113.8 10.0.0.1 1 2\r\n" + std::string(page)).status, 200);
}

TEST(HttpRoom, EveryAnswerForbidsGuessingAndFraming) {
  ServerThread server({}, [](HttpRequest request) -> Task<HttpResponse> {
    if (request.path == "/throws") throw std::runtime_error("x");
    HttpResponse response;
    if (request.path == "/own") response.headers.add("content-security-policy", "default-src 'self'");
    co_return response;
  });
  for (std::string_view bytes : {page, std::string_view("GET /throws HTTP/1.1\r\nHost: a\r\n\r\n"),
                                 std::string_view("nonsense\r\n\r\n")}) {
    auto answer = Peer(server.port).exchange(bytes);
    EXPECT_TRUE(answer.has("X-Content-Type-Options: nosniff\r\n")) << answer.head;
    EXPECT_TRUE(answer.has("Content-Security-Policy: frame-ancestors 'none'\r\n")) << answer.head;
    EXPECT_FALSE(answer.has("Strict-Transport-Security")) << answer.head;
  }
  auto own = Peer(server.port).exchange("GET /own HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(own.head.find("frame-ancestors"), std::string::npos) << "the handler's own is the one";
}

}  // namespace bramble::http
