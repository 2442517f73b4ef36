#include "engines/http/http_server.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "base/error.h"
#include "engines/http/loopback.h"

namespace bramble::http {
namespace {

constexpr std::string_view plain_get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

HttpListen quick_limits() {
  HttpListen listen;
  listen.limits.request_ms = 150;
  listen.limits.idle_ms = 150;
  return listen;
}

// What a problem must look like, whoever made it.
void expect_problem(const ReceivedResponse& answer, int status, std::string_view code) {
  EXPECT_EQ(answer.status, status) << answer.head;
  EXPECT_TRUE(answer.has("Content-Type: application/problem+json\r\n")) << answer.head;
  auto holds = [&](std::string_view text) { return answer.body.find(text) != std::string::npos; };
  EXPECT_TRUE(holds("\"type\":\"about:blank\"") && holds("\"title\":\"") && holds("\"detail\":\""))
      << answer.body;
  EXPECT_TRUE(holds("\"status\":" + std::to_string(status))) << answer.body;
  EXPECT_TRUE(holds("\"code\":\"" + std::string(code) + "\"")) << answer.body;
  EXPECT_TRUE(holds("\"request_id\":\"")) << answer.body;
}

// Holds requests until they are let go.
class Gate {
 public:
  Task<HttpResponse> pass(HttpRequest request) {
    ++waiting;
    co_await suspend([this](Resume resume) { held_.push_back(std::move(resume)); });
    co_return co_await echo(std::move(request));
  }
  void open() {
    for (auto& resume : std::exchange(held_, {})) resume();
  }
  int waiting = 0;

 private:
  std::vector<Resume> held_;
};

}  // namespace

TEST(HttpServer, KeepsAConnectionForManyRequests) {
  ServerThread server({}, echo);
  Peer peer(server.port);
  for (int i = 0; i < 5; ++i) {
    auto answer = peer.exchange("PUT /x?y=z HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "PUT /x?y=z abc");
    EXPECT_FALSE(answer.has("Connection:"));
    EXPECT_FALSE(answer.has("Server:"));
    EXPECT_TRUE(answer.has("Date: "));
  }
  EXPECT_EQ(server.seen().accepted, 1U);
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
  ServerThread server({}, echo);
  Peer peer(server.port);
  std::string bytes;
  for (int i = 0; i < 100; ++i) bytes += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  peer.send(bytes);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(peer.read_answer().body, "GET /" + std::to_string(i) + "? ");
}

TEST(HttpServer, ForgivesEmptyLinesBetweenRequests) {
  ServerThread server({}, echo);
  Peer peer(server.port);
  EXPECT_EQ(peer.exchange("\r\n\r\n" + std::string(plain_get) + "\r\n").status, 200);
  peer.send("\r");
  EXPECT_EQ(peer.exchange("\n" + std::string(plain_get)).status, 200);
}

TEST(HttpServer, AReaderThatStallsGetsNoMoreTimeForItsRequests) {
  auto listen = quick_limits();
  ServerThread server(listen, [](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.body.assign(16 << 10, 'a');
    co_return response;
  });
  Peer peer(server.port);
  std::string bytes;
  for (int i = 0; i < 2000; ++i) bytes += plain_get;
  std::thread sender([&] { peer.send(bytes + "GET / HT"); });
  for (int i = 0; i < 2000; ++i) EXPECT_EQ(peer.read_answer().status, 200);
  sender.join();
  expect_problem(peer.read_answer(), 408, "request_timeout");
  EXPECT_TRUE(peer.ended());
}

TEST(HttpServer, SendsAnAnswerWhileTheNextRequestIsHandled) {
  Gate gate;
  ServerThread server({}, [&](HttpRequest request) {
    return request.path == "/slow" ? gate.pass(request) : echo(request);
  });
  Peer peer(server.port);
  peer.send(std::string(plain_get) + "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(peer.read_answer().body, "GET /a? ");
  server.thread().call([&] { gate.open(); });
  EXPECT_EQ(peer.read_answer().body, "GET /slow? ");
}

TEST(HttpServer, ClosesWhenTheClientWantsItSo) {
  ServerThread server({}, echo);
  Peer modern(server.port);
  auto answer = modern.exchange("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(answer.has("Connection: close\r\n"));
  EXPECT_TRUE(modern.ended());
  Peer old(server.port);
  EXPECT_EQ(old.exchange("GET / HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_TRUE(old.ended());
  Peer old_but_kept(server.port);
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(old_but_kept.exchange("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .has("Connection: keep-alive"));
  }
}

TEST(HttpServer, AnswersHeadWithoutABody) {
  ServerThread server({}, echo);
  Peer peer(server.port);
  peer.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n");
  auto answer = peer.read_answer(false);
  EXPECT_TRUE(answer.has("Content-Length: 8\r\n")) << answer.head;
  EXPECT_EQ(peer.exchange(plain_get).body, "GET /a? ");
}

TEST(HttpServer, AnswersWithoutContentHaveNoLength) {
  ServerThread server({}, [](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.status = 204;
    response.body = "must not be sent";
    co_return response;
  });
  Peer peer(server.port);
  auto answer = peer.exchange(plain_get);
  EXPECT_TRUE(answer.head.starts_with("HTTP/1.1 204 No Content\r\n"));
  EXPECT_FALSE(answer.has("Content-Length"));
  EXPECT_EQ(peer.exchange(plain_get).status, 204);
}

TEST(HttpServer, SendsContinueBeforeABodyThatWaitsForIt) {
  ServerThread server({}, echo);
  Peer peer(server.port);
  peer.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(peer.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue");
  EXPECT_EQ(peer.exchange("abc").body, "POST /? abc");
  peer.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 99999999\r\n\r\n");
  EXPECT_EQ(peer.read_answer().status, 413);
}

TEST(HttpServer, HandlersCannotSplitAnAnswer) {
  ServerThread server({}, [](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.headers.add("Location", "/a\r\nSet-Cookie: x=y");
    response.headers.add("Content-Length", "99");
    response.headers.add("Transfer-Encoding", "chunked");
    co_return response;
  });
  Peer peer(server.port);
  auto answer = peer.exchange(plain_get);
  EXPECT_TRUE(answer.has("Location: /a  Set-Cookie: x=y\r\n")) << answer.head;
  EXPECT_TRUE(answer.has("Content-Length: 0\r\n") && !answer.has("99") && !answer.has("chunked"));
}

TEST(HttpServer, EveryAnswerHasARequestIdAndAHandlersOwnStays) {
  ServerThread server({}, [](HttpRequest request) -> Task<HttpResponse> {
    HttpResponse response;
    if (request.path == "/named") response.headers.add("x-request-id", "req_1");
    co_return response;
  });
  Peer peer(server.port);
  EXPECT_TRUE(peer.exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n").has("X-Request-Id: "));
  auto named = peer.exchange("GET /named HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(named.has("x-request-id: req_1"));
  EXPECT_FALSE(named.has("X-Request-Id: "));
}

TEST(HttpServer, FailuresBecomeProblemsAndNothingInternalIsTold) {
  ServerThread server({}, [](HttpRequest request) -> Task<HttpResponse> {
    if (request.path == "/crash") throw std::runtime_error("secret");
    auto code = static_cast<ErrorCode>(std::stoi(request.query));
    throw Error(code, "some_reason", "secret", {{"items[2].quantity", "too_small", "At least 1."}});
    co_return HttpResponse{};
  });
  Peer peer(server.port);
  const std::array<int, 9> statuses = {400, 401, 403, 404, 409, 429, 503, 504, 500};
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    auto answer = peer.exchange("GET /?" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    bool ours = statuses.at(i) >= 500;
    expect_problem(answer, statuses.at(i), statuses.at(i) == 500 ? "internal" : "some_reason");
    EXPECT_EQ(answer.body.find("secret") == std::string::npos, ours);
    EXPECT_TRUE(answer.has("X-Request-Id: "));
    EXPECT_EQ(answer.has("WWW-Authenticate: "), statuses.at(i) == 401);
    EXPECT_EQ(answer.has("Retry-After: 1\r\n"), statuses.at(i) == 429 || statuses.at(i) == 503);
  }
  auto crash = peer.exchange("GET /crash HTTP/1.1\r\nHost: a\r\n\r\n");
  expect_problem(crash, 500, "internal");
  EXPECT_EQ(crash.body.find("secret"), std::string::npos);
}

TEST(HttpServer, RefusesBeforeTheHandlerRunsAndCloses) {
  ServerThread server({}, echo);
  struct Case {
    std::string bytes;
    int status;
    std::string code;
  };
  const std::vector<Case> cases = {
      {"rubbish\r\n\r\n", 400, "malformed_request"},
      {"GET / HTTP/1.1\r\n\r\n", 400, "malformed_request"},
      {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414, "url_too_long"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n", 431, "header_too_large"},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(2'000'000, 'a'), 431, "header_too_large"},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\n" + std::string(9'999'999, 'a'), 413,
       "body_too_large"},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n", 413, "body_too_large"},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(100'000, 'a'), 400,
       "malformed_request"},
  };
  for (const auto& [bytes, status, code] : cases) {
    Peer peer(server.port);
    peer.send(bytes);
    auto answer = peer.read_answer();
    expect_problem(answer, status, code);
    EXPECT_TRUE(answer.has("Connection: close\r\n"));
    EXPECT_TRUE(peer.ended());
  }
  EXPECT_EQ(server.seen().requests, 0U);
  EXPECT_EQ(server.seen().refused, cases.size());
}

TEST(HttpServer, TakesBodiesUpToTheLimit) {
  HttpListen listen;
  listen.limits.body_bytes = 300'000;
  ServerThread server(listen, echo);
  Peer peer(server.port);
  std::string body(300'000, 'b');
  auto head = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  EXPECT_EQ(peer.exchange(head + body).body, "POST /? " + body);
  EXPECT_EQ(peer.exchange(plain_get).status, 200);
}

TEST(HttpServer, GivesUpOnASlowRequestHoweverItDrips) {
  ServerThread server(quick_limits(), echo);
  Peer peer(server.port);
  // Bytes keep coming, each long before the time is over, until the server has had enough.
  std::string_view head = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
  peer.send(head);
  auto another = [&] { return server.stats->refused > 0 || !peer.send("a"); };
  EXPECT_TRUE(server.becomes(another));
  expect_problem(peer.read_answer(), 408, "request_timeout");
  EXPECT_TRUE(peer.ended());
}

TEST(HttpServer, GivesUpOnASlowBody) {
  ServerThread server(quick_limits(), echo);
  Peer peer(server.port);
  peer.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
  expect_problem(peer.read_answer(), 408, "request_timeout");
  EXPECT_TRUE(peer.ended());
}

TEST(HttpServer, TellsACutOffRequestSo) {
  ServerThread server({}, echo);
  for (std::string_view bytes :
       {"G", "GET / HTTP/1.1\r\nHost: a\r\n", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab"}) {
    Peer peer(server.port);
    peer.send(bytes);
    peer.end_sending();
    expect_problem(peer.read_answer(), 408, "request_timeout");
    EXPECT_TRUE(peer.ended());
  }
  EXPECT_EQ(server.seen().requests, 0U);
}

TEST(HttpServer, ClosesIdleConnectionsSilently) {
  ServerThread server(quick_limits(), echo);
  Peer never_spoke(server.port);
  Peer spoke(server.port);
  EXPECT_EQ(spoke.exchange(plain_get).status, 200);
  EXPECT_TRUE(never_spoke.ended());
  EXPECT_TRUE(spoke.ended());
}

TEST(HttpServer, TurnsAwayConnectionsOverTheLimit) {
  HttpListen listen;
  listen.limits.connections = 2;
  Gate gate;
  ServerThread server(listen, [&](HttpRequest request) { return gate.pass(std::move(request)); });
  {
    Peer first(server.port);
    Peer second(server.port);
    first.send(plain_get);
    second.send(plain_get);
    ASSERT_TRUE(server.becomes([&] { return gate.waiting == 2; }));
    Peer third(server.port);
    auto answer = third.exchange(plain_get);
    expect_problem(answer, 503, "too_many_connections");
    EXPECT_TRUE(answer.has("Retry-After: 1\r\n"));
    EXPECT_TRUE(third.ended());
    server.thread().call([&] { gate.open(); });
    EXPECT_EQ(first.read_answer().status, 200);
    EXPECT_EQ(second.read_answer().status, 200);
  }
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
  Peer later(server.port);
  later.send(plain_get);
  ASSERT_TRUE(server.becomes([&] { return gate.waiting == 3; }));
  server.thread().call([&] { gate.open(); });
  EXPECT_EQ(later.read_answer().status, 200);
}

TEST(HttpServer, SendsLargeAnswersWhole) {
  std::string large(5'000'000, 'x');
  ServerThread server({}, [&](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.body = large;
    co_return response;
  });
  Peer peer(server.port);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(peer.exchange(plain_get).body == large);
}

TEST(HttpServer, SurvivesAClientThatLeavesDuringItsAnswer) {
  ServerThread server({}, [](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.body.assign(64 << 20, 'a');
    co_return response;
  });
  {
    Peer peer(server.port);
    peer.send(plain_get);
    EXPECT_EQ(peer.read_answer(false).status, 200);
  }
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
}

TEST(HttpServer, SurvivesAClientThatLeavesDuringItsRequest) {
  Gate gate;
  ServerThread server({}, [&](HttpRequest request) { return gate.pass(std::move(request)); });
  {
    Peer peer(server.port);
    peer.send(plain_get);
    ASSERT_TRUE(server.becomes([&] { return gate.waiting == 1; }));
  }
  server.thread().call([&] { gate.open(); });
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
}

TEST(HttpServer, FinishesAcceptedRequestsWhenItStops) {
  Gate gate;
  ServerThread server({}, [&](HttpRequest request) { return gate.pass(std::move(request)); });
  Peer busy(server.port);
  Peer reading(server.port);
  Peer idle(server.port);
  busy.send(plain_get);
  reading.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na");
  ASSERT_TRUE(server.becomes([&] { return gate.waiting == 1 && server.stats->open == 3; }));
  auto stopped = server.begin_stop(seconds(10));
  EXPECT_TRUE(idle.ended());
  EXPECT_THROW(Peer{server.port}, std::runtime_error);
  reading.send("bc");
  ASSERT_TRUE(server.becomes([&] { return gate.waiting == 2; }));
  server.thread().call([&] { gate.open(); });
  auto answer = busy.read_answer();
  EXPECT_EQ(answer.body, "GET /a? ");
  EXPECT_TRUE(answer.has("Connection: close\r\n"));
  EXPECT_TRUE(busy.ended());
  EXPECT_EQ(reading.read_answer().body, "POST /? abc");
  stopped.get();
  EXPECT_EQ(server.seen().open, 0U);
}

TEST(HttpServer, StopsWhenItsPatienceIsOver) {
  Gate gate;
  ServerThread server({}, [&](HttpRequest request) { return gate.pass(std::move(request)); });
  Peer peer(server.port);
  peer.send(plain_get);
  ASSERT_TRUE(server.becomes([&] { return gate.waiting == 1; }));
  server.begin_stop(milliseconds(50)).get();
  EXPECT_TRUE(peer.ended());
  server.thread().call([&] { gate.open(); });
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
}

TEST(HttpServer, AcceptsAgainWhenDescriptorsHadRunOut) {
  ServerThread server({}, echo);
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  auto few = before;
  few.rlim_cur = 64;
  ::setrlimit(RLIMIT_NOFILE, &few);
  std::vector<std::unique_ptr<Peer>> peers;
  EXPECT_THROW(for (;;) peers.push_back(std::make_unique<Peer>(server.port)), std::runtime_error);
  peers.clear();
  EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
  Peer later(server.port);
  EXPECT_EQ(later.exchange(plain_get).status, 200);
  ::setrlimit(RLIMIT_NOFILE, &before);
}

TEST(HttpServer, SaysWhereItCannotListen) {
  ServerThread server({}, echo);
  EventThread thread;
  HttpListen taken;
  taken.port = server.port;
  EXPECT_THROW(listen_http(thread.executor(), taken, echo), Error);
  EXPECT_THROW(listen_http(thread.executor(), {.address = "nowhere"}, echo), Error);
}

}  // namespace bramble::http
