// For tests: a server on a thread of its own, and a bare socket that speaks to it byte by byte.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <future>
#include <stdexcept>
#include <thread>

#include "engines/http/http_client.h"
#include "engines/http/http_server.h"

namespace bramble::http {

// An io_context with its thread. Ends when it is destroyed.
class EventThread {
 public:
  EventThread() : work_(context_.get_executor()), thread_([this] { context_.run(); }) {}
  ~EventThread() {
    work_.reset();
    context_.stop();
    thread_.join();
  }
  boost::asio::any_io_executor executor() { return context_.get_executor(); }

  // Runs it on the thread and waits for its result.
  template <class Function>
  auto call(Function function) -> decltype(function()) {
    std::packaged_task<decltype(function())()> task(std::move(function));
    auto result = task.get_future();
    boost::asio::post(context_, [&task] { task(); });
    return result.get();
  }
  template <class T>
  std::future<T> begin(Task<T> task) {
    return boost::asio::co_spawn(context_, std::move(task), boost::asio::use_future);
  }
  template <class T>
  T run(Task<T> task) {
    return begin(std::move(task)).get();
  }

 private:
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::thread thread_;
};

class ServerThread {
 public:
  ServerThread(HttpListen listen, HttpHandler handler) : stats(std::make_shared<HttpServerStats>()) {
    thread_.call(
        [&] { server_ = listen_http(thread_.executor(), std::move(listen), std::move(handler), stats); });
    port = server_->port();
  }
  ~ServerThread() {
    thread_.call([this] { server_.reset(); });
  }
  HttpServerStats seen() {
    return thread_.call([this] { return *stats; });
  }
  std::future<void> begin_stop(Duration patience) { return thread_.begin(server_->stop(patience)); }
  EventThread& thread() { return thread_; }
  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port) + path; }
  // Waits until it is so, looking at it on the server's thread.
  template <class Condition>
  bool becomes(Condition condition) {
    for (int i = 0; i < 5000; ++i) {
      if (thread_.call(condition)) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

  std::shared_ptr<HttpServerStats> stats;
  std::uint16_t port = 0;

 private:
  EventThread thread_;
  std::unique_ptr<HttpServer> server_;
};

struct ReceivedResponse {
  int status = 0;
  std::string head;
  std::string body;
  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

// A blocking socket; everything it waits for must come within ten seconds.
class Peer {
 public:
  // `host`: of 127.0.0.x, where it comes from.
  explicit Peer(std::uint16_t port, std::uint32_t host = 1)
      : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + host);
    if (::bind(fd_, reinterpret_cast<sockaddr*>(&own), sizeof(own)) != 0)
      throw std::runtime_error("cannot bind");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval patience{10, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    if (::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
      throw std::runtime_error("cannot connect");
    }
  }
  ~Peer() { close(); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      auto count = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void end_sending() { ::shutdown(fd_, SHUT_WR); }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }
  int fd() const { return fd_; }

  // Reads until the text has come; what came before it is returned and gone.
  std::string read_until(std::string_view text) {
    std::size_t at = 0;
    while ((at = received_.find(text)) == std::string::npos) {
      if (!receive()) return std::exchange(received_, {});
    }
    auto before = received_.substr(0, at);
    received_.erase(0, at + text.size());
    return before;
  }
  std::string read_bytes(std::size_t count) {
    while (received_.size() < count && receive()) continue;
    auto bytes = received_.substr(0, count);
    received_.erase(0, count);
    return bytes;
  }
  // An answer with a Content-Length, or a head alone.
  ReceivedResponse read_answer(bool with_body = true) {
    ReceivedResponse answer;
    answer.head = read_until("\r\n\r\n") + "\r\n";
    if (answer.head.starts_with("HTTP/1.1 ")) answer.status = std::stoi(answer.head.substr(9, 3));
    auto at = answer.head.find("Content-Length: ");
    if (with_body && at != std::string::npos)
      answer.body = read_bytes(std::stoul(answer.head.substr(at + 16)));
    return answer;
  }
  ReceivedResponse exchange(std::string_view bytes) {
    send(bytes);
    return read_answer();
  }
  // Whether the server closes without another byte.
  bool ended() { return received_.empty() && !receive(); }
  std::string read_all() {
    while (receive()) continue;
    return std::exchange(received_, {});
  }

 private:
  bool receive() {
    std::array<char, 16384> bytes;
    // With a time limit the kernel does not go on by itself when the process was paused (signal(7)).
    auto count = TEMP_FAILURE_RETRY(::recv(fd_, bytes.data(), bytes.size(), 0));
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("nothing came");
    if (count <= 0) return false;
    received_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }

  int fd_;
  std::string received_;
};

inline Task<HttpResponse> echo(HttpRequest request) {
  HttpResponse response;
  response.headers.add("Content-Type", "text/plain");
  response.body = request.method + " " + request.path + "?" + request.query + " " + request.body;
  co_return response;
}

}  // namespace bramble::http
