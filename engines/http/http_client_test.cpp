#include "engines/http/http_client.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "engines/http/loopback.h"

namespace bramble::http {
namespace {

// A client on its own thread, which asks as a coroutine of ours would.
class ClientThread {
 public:
  explicit ClientThread(HttpClientLimits limits = {}) : stats(std::make_shared<HttpClientStats>()) {
    thread.call([&] { client = make_http_client(thread.executor(), limits, stats); });
  }
  ~ClientThread() {
    thread.call([this] { client.reset(); });
  }
  std::future<HttpResponse> begin(HttpClientRequest request) {
    return thread.begin(client->send(std::move(request)));
  }
  HttpResponse send(HttpClientRequest request) { return begin(std::move(request)).get(); }

  std::shared_ptr<HttpClientStats> stats;
  EventThread thread;
  std::unique_ptr<HttpClient> client;
};

HttpClientRequest get(std::string url) {
  HttpClientRequest request;
  request.url = std::move(url);
  return request;
}

template <class Function>
Error error_of(Function function) {
  try {
    function();
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::internal, "none", "nothing was thrown"};
}

// Accepts one connection at a time and does with it what a test wants.
class RawServer {
 public:
  explicit RawServer(std::function<void(int)> serve) : serve_(std::move(serve)) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (::bind(fd_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(fd_, 16) != 0) {
      throw std::runtime_error("cannot listen");
    }
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    url = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
    thread_ = std::thread([this] {
      for (int peer; (peer = ::accept(fd_, nullptr, nullptr)) >= 0; ::close(peer)) serve_(peer);
    });
  }
  ~RawServer() {
    ::shutdown(fd_, SHUT_RDWR);
    thread_.join();
    ::close(fd_);
  }
  // Reads a request's head (and a short body with it).
  static std::string read(int peer) {
    std::string bytes;
    std::array<char, 4096> piece;
    while (bytes.find("\r\n\r\n") == std::string::npos) {
      auto count = ::recv(peer, piece.data(), piece.size(), 0);
      if (count <= 0) break;
      bytes.append(piece.data(), static_cast<std::size_t>(count));
    }
    return bytes;
  }
  static void write(int peer, std::string_view bytes) {
    ::send(peer, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }

  std::string url;

 private:
  std::function<void(int)> serve_;
  int fd_;
  std::thread thread_;
};

}  // namespace

TEST(HttpClient, SendsEveryMethodWithItsHeadersAndBody) {
  ServerThread server({}, [](HttpRequest request) -> Task<HttpResponse> {
    HttpResponse response;
    response.status = 201;
    response.headers.add("X-Method", request.method);
    response.headers.add("X-Seen", std::string(request.headers.get("X-Mine")));
    response.headers.add("X-Empty", request.headers.has("X-None") ? "there" : "missing");
    response.headers.add("X-Type", std::string(request.headers.get("Content-Type")));
    response.body = request.path + "?" + request.query + ":" + request.body;
    co_return response;
  });
  ClientThread client;
  for (int round = 0; round < 2; ++round) {
    for (std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
      HttpClientRequest request;
      request.method = method;
      request.url = server.url("/a%2Fb?c=d");
      request.headers.add("X-Mine", "yes: it is");
      request.headers.add("X-None", "");
      bool with_body = method != "GET" && method != "DELETE";
      if (with_body) request.body = std::string("\0binary", 7);
      if (with_body) request.headers.add("Content-Type", "application/json");
      auto response = client.send(request);
      EXPECT_EQ(response.status, 201);
      EXPECT_EQ(response.headers.get("x-method"), method);
      EXPECT_EQ(response.headers.get("X-Seen"), "yes: it is");
      EXPECT_EQ(response.headers.get("X-Empty"), "there");
      EXPECT_EQ(response.headers.get("X-Type"), with_body ? "application/json" : "");
      EXPECT_EQ(response.body, "/a%2Fb?c=d:" + request.body);
    }
    HttpClientRequest head = get(server.url("/"));
    head.method = "HEAD";
    EXPECT_EQ(client.send(head).body, "");
    HttpClientRequest empty = get(server.url("/"));
    empty.method = "POST";
    EXPECT_EQ(client.send(empty).body, "/?:");
  }
  EXPECT_EQ(client.stats->connections, 1U);
}

TEST(HttpClient, SendsAndReceivesLargeBodies) {
  HttpListen listen;
  listen.limits.body_bytes = 8 << 20;
  ServerThread server(listen, [](HttpRequest request) -> Task<HttpResponse> {
    HttpResponse response;
    response.body = std::move(request.body);
    co_return response;
  });
  ClientThread client;
  auto request = get(server.url("/"));
  request.method = "POST";
  request.body.assign(8 << 20, 'y');
  EXPECT_TRUE(client.send(request).body == request.body);
}

TEST(HttpClient, ReadsStreamedAnswersWhole) {
  ServerThread server({}, [](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.stream = [](HttpStream& stream) -> Task<void> {
      for (int i = 0; i < 3; ++i) co_await stream.write("abc");
    };
    co_return response;
  });
  ClientThread client;
  EXPECT_EQ(client.send(get(server.url("/"))).body, "abcabcabc");
}

TEST(HttpClient, FollowsNoRedirects) {
  ServerThread server({}, [](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.status = 303;
    response.headers.add("Location", "/elsewhere");
    co_return response;
  });
  ClientThread client;
  auto response = client.send(get(server.url("/")));
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(response.headers.get("Location"), "/elsewhere");
  EXPECT_EQ(server.seen().requests, 1U);
}

TEST(HttpClient, ARefusedConnectionIsUnavailable) {
  std::string url;
  {
    url = RawServer([](int) {}).url;
  }
  ClientThread client;
  auto error = error_of([&] { client.send(get(url + "?token=secret")); });
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_EQ(error.message.find("secret"), std::string::npos) << error.message;
  EXPECT_EQ(client.stats->failed, 1U);
}

TEST(HttpClient, ASlowAnswerIsATimeout) {
  std::promise<void> over;
  auto wait = over.get_future().share();
  RawServer server([&](int peer) {
    RawServer::write(peer, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
    wait.wait();
  });
  ClientThread client;
  auto request = get(server.url);
  request.timeout = milliseconds(100);
  EXPECT_EQ(error_of([&] { client.send(request); }).code, ErrorCode::timeout);
  over.set_value();
}

TEST(HttpClient, ACutOffAnswerIsUnavailable) {
  for (std::string_view bytes :
       {"", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "rubbish"}) {
    RawServer server([&](int peer) {
      RawServer::read(peer);
      RawServer::write(peer, bytes);
    });
    ClientThread client;
    EXPECT_EQ(error_of([&] { client.send(get(server.url)); }).code, ErrorCode::unavailable) << bytes;
  }
}

TEST(HttpClient, DoesNotSendAPostTwiceWhenAKeptConnectionDies) {
  std::atomic<int> posts = 0;
  RawServer server([&](int peer) {
    RawServer::read(peer);
    RawServer::write(peer, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    if (RawServer::read(peer).starts_with("POST")) ++posts;
    // Closed without an answer, so the client cannot know whether it was acted upon.
  });
  ClientThread client;
  EXPECT_EQ(client.send(get(server.url)).status, 200);
  auto post = get(server.url);
  post.method = "POST";
  post.body = "charge";
  EXPECT_EQ(error_of([&] { client.send(post); }).code, ErrorCode::unavailable);
  EXPECT_EQ(posts, 1);
}

TEST(HttpClient, TakesNoMoreThanTheLimit) {
  ServerThread server({}, [](HttpRequest) -> Task<HttpResponse> {
    HttpResponse response;
    response.body.assign(2000, 'a');
    co_return response;
  });
  HttpClientLimits limits;
  limits.response_bytes = 1999;
  ClientThread client(limits);
  EXPECT_EQ(error_of([&] { client.send(get(server.url("/"))); }).reason, "http_too_large");
}

TEST(HttpClient, TakesNoEndlessHeader) {
  RawServer server([](int peer) {
    RawServer::read(peer);
    std::string fields = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 20'000; ++i) fields += "Some-Field: some value that is of no use\r\n";
    RawServer::write(peer, fields);
    RawServer::read(peer);
  });
  ClientThread client;
  EXPECT_EQ(error_of([&] { client.send(get(server.url)); }).reason, "http_too_large");
}

TEST(HttpClient, RefusesWhatIsNoHttpRequest) {
  ClientThread client;
  auto request = get("http://127.0.0.1:1/");
  request.headers.add("X", "a\r\nY: b");
  EXPECT_EQ(error_of([&] { client.send(request); }).code, ErrorCode::invalid);
  EXPECT_EQ(error_of([&] { client.send(get("http://127.0.0.1:1/\r\n")); }).code, ErrorCode::invalid);
  for (std::string url : {"file:///etc/passwd", "ftp://127.0.0.1/", "not a url", ""}) {
    EXPECT_EQ(error_of([&] { client.send(get(url)); }).code, ErrorCode::unavailable) << url;
  }
}

TEST(HttpClient, AnUnknownNameFailsWithinTheTimeGiven) {
  ClientThread client;
  auto request = get("http://nowhere.invalid/");
  request.timeout = milliseconds(300);
  auto code = error_of([&] { client.send(request); }).code;
  EXPECT_TRUE(code == ErrorCode::unavailable || code == ErrorCode::timeout);
  ServerThread server({}, echo);
  EXPECT_EQ(client.send(get("http://localhost:" + std::to_string(server.port) + "/a")).body, "GET /a? ");
}

TEST(HttpClient, ReusesItsConnectionsForManyParallelRequests) {
  constexpr int parallel = 500;
  ServerThread server({}, echo);
  ClientThread client;
  for (int round = 0; round < 3; ++round) {
    std::vector<std::future<HttpResponse>> answers;
    for (int i = 0; i < parallel; ++i)
      answers.push_back(client.begin(get(server.url("/" + std::to_string(i)))));
    for (int i = 0; i < parallel; ++i) {
      EXPECT_EQ(answers[static_cast<std::size_t>(i)].get().body, "GET /" + std::to_string(i) + "? ");
    }
  }
  EXPECT_LE(client.stats->connections, std::uint64_t(parallel));
  EXPECT_EQ(client.stats->connections, server.seen().accepted);
}

TEST(HttpClient, WaitsForAFreeConnectionOverTheBoundOfAHost) {
  ServerThread server({}, echo);
  HttpClientLimits limits;
  limits.connections_per_host = 2;
  ClientThread client(limits);
  std::vector<std::future<HttpResponse>> answers;
  for (int i = 0; i < 50; ++i) answers.push_back(client.begin(get(server.url("/"))));
  for (auto& answer : answers) EXPECT_EQ(answer.get().status, 200);
  EXPECT_LE(client.stats->connections, 2U);
}

TEST(HttpClient, TakesNoMoreRequestsThanItsBound) {
  std::promise<void> over;
  auto wait = over.get_future().share();
  RawServer server([&](int) { wait.wait(); });
  HttpClientLimits limits;
  limits.requests = 1;
  ClientThread client(limits);
  auto request = get(server.url);
  request.timeout = seconds(5);
  auto first = client.begin(request);
  EXPECT_EQ(error_of([&] { client.send(get(server.url)); }).reason, "http_client_busy");
  over.set_value();
  EXPECT_EQ(error_of([&] { first.get(); }).code, ErrorCode::unavailable);
}

TEST(HttpClient, WhatIsUnderWayFailsWhenTheClientGoes) {
  std::promise<void> over;
  auto wait = over.get_future().share();
  RawServer server([&](int) { wait.wait(); });
  std::future<HttpResponse> answer;
  {
    ClientThread client;
    answer = client.begin(get(server.url));
    client.thread.call([&] { client.client.reset(); });
    EXPECT_EQ(error_of([&] { answer.get(); }).code, ErrorCode::unavailable);
  }
  over.set_value();
}

TEST(HttpClient, FindsANewConnectionAfterAnIdleOneWasClosed) {
  HttpListen listen;
  listen.limits.idle_ms = 50;
  ServerThread server(listen, echo);
  ClientThread client;
  for (int i = 0; i < 3; ++i) {
    auto post = get(server.url("/"));
    post.method = "POST";
    post.body = "x";
    EXPECT_EQ(client.send(post).status, 200);
    EXPECT_TRUE(server.becomes([&] { return server.stats->open == 0; }));
  }
  EXPECT_EQ(client.stats->connections, 3U);
}

}  // namespace bramble::http
