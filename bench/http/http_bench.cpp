// How much CPU an HTTP exchange costs: the server alone under a bare socket client in another process, and
// the platform's own client against that server. Prints one JSON object.
#include <arpa/inet.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "engines/http/http_client.h"
#include "engines/http/http_server.h"

namespace bramble {
namespace {
namespace asio = boost::asio;

constexpr int connections = 64;

double cpu_us() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto us = [](timeval time) {
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
  };
  return us(usage.ru_utime) + us(usage.ru_stime);
}

double now_us() {
  auto since = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<double>(std::chrono::duration_cast<std::chrono::nanoseconds>(since).count()) / 1e3;
}

Task<HttpResponse> handle(HttpRequest request) {
  HttpResponse response;
  response.headers.add("Content-Type", "application/json");
  response.headers.add("X-Request-Id", "0123456789abcdef0123456789abcdef");
  response.body = "{\"items\":[{\"sku_id\":\"sku_01\",\"quantity\":1}],\"total\":{\"amount_minor\":129900}}";
  response.body.append(request.body.size(), ' ');
  co_return response;
}

// Keeps every connection busy with one request after another, with as little of its own as can be.
[[noreturn]] void bare_client(std::uint16_t port, int exchanges) {
  const std::string request =
      "GET /api/v1/products/prd_01jd2k3m4n5p6q7r8s9t0v1w2x?view=card HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n"
      "User-Agent: bench\r\nAccept: application/json\r\nAuthorization: Bearer " +
      std::string(300, 'a') + "\r\n\r\n";
  std::vector<pollfd> sockets;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int i = 0; i < connections; ++i) {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) _exit(1);
    sockets.push_back({fd, POLLIN, 0});
    if (::send(fd, request.data(), request.size(), 0) < 0) _exit(1);
  }
  std::array<char, 4096> bytes;
  int sent = connections;
  int received = 0;
  while (received < exchanges) {
    ::poll(sockets.data(), sockets.size(), -1);
    for (auto& socket : sockets) {
      if (socket.revents == 0) continue;
      if (::recv(socket.fd, bytes.data(), bytes.size(), 0) <= 0) _exit(1);
      ++received;
      if (sent >= exchanges) continue;
      ++sent;
      if (::send(socket.fd, request.data(), request.size(), 0) < 0) _exit(1);
    }
  }
  _exit(0);
}

void bench_server(int exchanges) {
  asio::io_context context(1);
  auto server = listen_http(context.get_executor(), {}, handle);
  auto start = now_us();
  auto cpu = cpu_us();
  auto child = ::fork();
  if (child == 0) bare_client(server->port(), exchanges);
  int status = 0;
  while (::waitpid(child, &status, WNOHANG) == 0) context.run_one_for(std::chrono::milliseconds(100));
  auto wall = now_us() - start;
  cpu = cpu_us() - cpu;
  std::printf("\"server\":{\"exchanges\":%d,\"per_s\":%.0f,\"cpu_us_each\":%.2f,\"failed\":%s}", exchanges,
              exchanges / wall * 1e6, cpu / exchanges, status == 0 ? "false" : "true");
}

Task<void> ask(HttpClient* client, std::string url, int* left) {
  while (--*left >= 0) {
    HttpClientRequest request;
    request.method = "POST";
    request.url = url;
    request.headers.add("Content-Type", "application/json");
    request.headers.add("Idempotency-Key", "0123456789abcdef0123456789abcdef");
    request.headers.add("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
    request.body =
        "{\"amount_minor\":129900,\"currency\":\"RUB\",\"order_id\":\"ord_01jd2k3m4n5p6q7r8s9t0v1w2x\"}";
    auto response = co_await client->send(std::move(request));
    if (response.status != 200) std::abort();
  }
}

void bench_client(int exchanges) {
  int ports[2];
  if (::pipe(ports) != 0) return;
  auto child = ::fork();
  if (child == 0) {
    asio::io_context context(1);
    auto server = listen_http(context.get_executor(), {}, handle);
    auto port = server->port();
    if (::write(ports[1], &port, sizeof(port)) < 0) _exit(1);
    context.run();
    _exit(0);
  }
  std::uint16_t port = 0;
  if (::read(ports[0], &port, sizeof(port)) != sizeof(port)) return;
  asio::io_context context(1);
  auto client = make_http_client(context.get_executor());
  int left = exchanges;
  int running = connections;
  auto url =
      "http://127.0.0.1:" + std::to_string(port) + "/v1/payments/pay_01jd2k3m4n5p6q7r8s9t0v1w2x/capture";
  auto start = now_us();
  auto cpu = cpu_us();
  for (int i = 0; i < connections; ++i) {
    asio::co_spawn(context, ask(client.get(), url, &left), [&](std::exception_ptr failure) {
      if (failure) std::rethrow_exception(failure);
      --running;
    });
  }
  while (running > 0) context.run_one();
  auto wall = now_us() - start;
  cpu = cpu_us() - cpu;
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  std::printf("\"client\":{\"exchanges\":%d,\"per_s\":%.0f,\"cpu_us_each\":%.2f}", exchanges,
              exchanges / wall * 1e6, cpu / exchanges);
}

}  // namespace
}  // namespace bramble

// bench_http [exchanges] [server|client]
int main(int count, char** arguments) {
  int exchanges = count > 1 ? std::atoi(arguments[1]) : 100'000;
  std::string_view part = count > 2 ? arguments[2] : "";
  std::printf("{");
  if (part != "client") bramble::bench_server(exchanges);
  if (part.empty()) std::printf(",\n");
  std::fflush(stdout);
  if (part != "server") bramble::bench_client(exchanges);
  std::printf("}\n");
}
