#include <gtest/gtest.h>

#include "base/error.h"
#include "engines/http/loopback.h"

namespace bramble::http {
namespace {

constexpr std::string_view get = "GET /events HTTP/1.1\r\nHost: a\r\n\r\n";

// A source of events as a gateway has one: waits for news, and ends when the stream is closed.
struct Source {
  HttpHandler handler() {
    return [this](HttpRequest) { return open(); };
  }
  Task<HttpResponse> open() {
    HttpResponse response;
    response.headers.add("Content-Type", "text/event-stream");
    response.stream = [this](HttpStream& stream) { return run(stream); };
    co_return response;
  }
  Task<void> run(HttpStream& stream) {
    ++open_now;
    stream.on_closed([this] {
      ++told_closed;
      wake();
    });
    try {
      while (!stream.closed() && !end) {
        for (auto& event : std::exchange(events, {})) co_await stream.write(event);
        if (!stream.closed() && !end) {
          co_await suspend([this](Resume resume) { waiting = std::move(resume); });
        }
      }
    } catch (const Error& error) {
      failed = error.reason;
    }
    --open_now;
  }
  void wake() {
    if (auto resume = std::exchange(waiting, {})) resume();
  }
  void publish(std::string event) {
    events.push_back(std::move(event));
    wake();
  }

  int open_now = 0;
  int told_closed = 0;
  bool end = false;
  std::string failed;
  std::vector<std::string> events;
  Resume waiting;
};

}  // namespace

TEST(HttpStream, EventsArriveAsTheyAreWritten) {
  Source source;
  ServerThread server({}, source.handler());
  Peer peer(server.port);
  peer.send(get);
  auto answer = peer.read_answer();
  EXPECT_TRUE(answer.has("Transfer-Encoding: chunked\r\n") && answer.has("text/event-stream") &&
              !answer.has("Content-Length"));
  for (int i = 0; i < 3; ++i) {
    server.thread().call([&] { source.publish("data: hello\n\n"); });
    EXPECT_EQ(peer.read_until("\n\n\r\n"), "d\r\ndata: hello");
  }
  server.thread().call([&] {
    source.end = true;
    source.wake();
  });
  EXPECT_EQ(peer.read_all(), "0\r\n\r\n");
}

TEST(HttpStream, AClientThatLeavesWhileNothingIsSentIsNoticed) {
  Source source;
  ServerThread server({}, source.handler());
  {
    Peer peer(server.port);
    peer.send(get);
    EXPECT_EQ(peer.read_answer().status, 200);
    ASSERT_TRUE(server.becomes([&] { return source.open_now == 1; }));
    EXPECT_EQ(server.seen().streams, 1U);
  }
  EXPECT_TRUE(server.becomes([&] { return source.open_now == 0; }));
  EXPECT_EQ(source.told_closed, 1);
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
}

TEST(HttpStream, WhatTheClientSendsDuringAStreamIsIgnored) {
  Source source;
  ServerThread server({}, source.handler());
  Peer peer(server.port);
  peer.send(get);
  EXPECT_EQ(peer.read_answer().status, 200);
  peer.send(std::string(100'000, 'x'));
  server.thread().call([&] { source.publish("data: still here\n\n"); });
  EXPECT_EQ(peer.read_until("\n\n"), "12\r\ndata: still here");
}

TEST(HttpStream, StreamsEndWhenTheServerStops) {
  Source source;
  ServerThread server({}, source.handler());
  Peer peer(server.port);
  peer.send(get);
  EXPECT_EQ(peer.read_answer().status, 200);
  ASSERT_TRUE(server.becomes([&] { return source.open_now == 1; }));
  server.begin_stop(seconds(10)).get();
  EXPECT_EQ(source.open_now, 0);
  EXPECT_EQ(source.told_closed, 1);
  EXPECT_EQ(peer.read_all(), "0\r\n\r\n");
}

TEST(HttpStream, AStreamThatFailsHasNoEnd) {
  ServerThread server({}, [](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.stream = [](HttpStream& stream) -> Task<void> {
      co_await stream.write("abc");
      throw std::runtime_error("broken");
    };
    co_return response;
  });
  Peer peer(server.port);
  peer.send(get);
  EXPECT_EQ(peer.read_answer().status, 200);
  EXPECT_EQ(peer.read_all(), "3\r\nabc\r\n");
}

TEST(HttpStream, OldClientsGetTheBytesBare) {
  ServerThread server({}, [](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.stream = [](HttpStream& stream) -> Task<void> {
      co_await stream.write("abc");
      co_await stream.write("");
      co_await stream.write("def");
    };
    co_return response;
  });
  Peer peer(server.port);
  peer.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_FALSE(peer.read_answer().has("chunked"));
  EXPECT_EQ(peer.read_all(), "abcdef");
  Peer head(server.port);
  head.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(head.read_answer().has("Transfer-Encoding: chunked\r\n"));
  EXPECT_EQ(head.read_all(), "");
}

TEST(HttpStream, WritingWaitsForAClientThatReadsSlowly) {
  std::size_t written = 0;
  ServerThread server({}, [&](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.stream = [&](HttpStream& stream) -> Task<void> {
      for (int i = 0; i < 100; ++i) {
        co_await stream.write(std::string(1 << 20, 'x'));
        ++written;
      }
    };
    co_return response;
  });
  Peer peer(server.port);
  peer.send(get);
  EXPECT_EQ(peer.read_answer().status, 200);
  EXPECT_LT(server.thread().call([&] { return written; }), 100U);
  auto bytes = peer.read_all();
  EXPECT_GT(bytes.size(), std::size_t(100) << 20);
  EXPECT_TRUE(bytes.ends_with("\r\n0\r\n\r\n"));
}

TEST(HttpStream, AClientThatReadsNothingIsDropped) {
  std::string failed;
  HttpListen listen;
  listen.limits.request_ms = 50;
  ServerThread server(listen, [&](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.stream = [&](HttpStream& stream) -> Task<void> {
      try {
        for (;;) co_await stream.write(std::string(1 << 10, 'x'));
      } catch (const Error& error) {
        failed = error.reason;
      }
    };
    co_return response;
  });
  Peer peer(server.port);
  peer.send(get);
  EXPECT_EQ(peer.read_answer().status, 200);
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
  EXPECT_EQ(failed, "client_gone");
}

TEST(HttpStream, WritingToAClientThatIsGoneThrowsUnavailable) {
  Source source;
  ServerThread server({}, source.handler());
  Peer peer(server.port);
  peer.send(get);
  EXPECT_EQ(peer.read_answer().status, 200);
  server.thread().call([&] { source.publish(std::string(64 << 20, 'x')); });
  peer.close();
  EXPECT_TRUE(server.becomes([&] { return source.open_now == 0; }));
  EXPECT_EQ(source.failed, "client_gone");
}

}  // namespace bramble::http
