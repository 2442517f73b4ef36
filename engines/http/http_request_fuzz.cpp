// Any bytes on a connection: the server must answer or close, hand only clean requests to its handler, and
// read the same requests however the network cuts the bytes.
#include <sys/socket.h>
#include <unistd.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>

#include "engines/http/connection.h"

namespace bramble::http {
namespace {

namespace asio = boost::asio;

void require(bool condition) {
  if (!condition) std::abort();
}

bool is_clean(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7F; });
}

HttpLimits small_limits() {
  HttpLimits limits;
  limits.url_bytes = 256;
  limits.header_bytes = 512;
  limits.body_bytes = 512;
  return limits;
}

std::string describe(const HttpRequest& request) {
  std::string text = request.method + " " + request.path + "?" + request.query + "\n";
  for (const auto& [name, value] : request.headers) text += name + ":" + value + "\n";
  return text + request.body + "\n";
}

void check(const HttpRequest& request) {
  auto limits = small_limits();
  require(request.path.starts_with('/') || request.path == "*");
  require(request.path.size() + request.query.size() <= limits.url_bytes);
  require(request.body.size() <= limits.body_bytes);
  require(is_clean(request.method) && is_clean(request.path) && is_clean(request.query));
  for (const auto& [name, value] : request.headers)
    require(!name.empty() && is_clean(name) && is_clean(value));
}

// What the server sees on one connection that brings these bytes in pieces of one size and then ends.
std::string serve(std::string_view bytes, std::size_t piece) {
  asio::io_context context(1);
  int ends[2];
  require(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  std::string seen;
  auto state = std::make_shared<ServerState>();
  state->listen.limits = small_limits();
  state->stats = std::make_shared<HttpServerStats>();
  state->handler = [&seen](HttpRequest request) {
    check(request);
    seen += describe(request);
    return [](std::string path) -> Task<HttpResponse> {
      HttpResponse response;
      response.body = std::move(path);
      co_return response;
    }(std::move(request.path));
  };
  asio::ip::tcp::socket socket(context);
  socket.assign(asio::ip::tcp::v4(), ends[0]);
  auto connection = std::make_shared<Connection>(state, std::move(socket), *IpAddress::parse("127.0.0.1"));
  bool over = false;
  asio::co_spawn(context, connection->run(false), [&over, connection](std::exception_ptr failure) {
    require(!failure);
    over = true;
  });
  connection.reset();
  while (!bytes.empty() && !over) {
    auto count = std::min(piece, bytes.size());
    if (::send(ends[1], bytes.data(), count, MSG_NOSIGNAL | MSG_DONTWAIT) != static_cast<ssize_t>(count))
      break;
    bytes.remove_prefix(count);
    context.poll();
    context.restart();
  }
  ::shutdown(ends[1], SHUT_WR);
  context.run();
  require(over);
  std::string answers;
  std::array<char, 4096> buffer;
  for (ssize_t count; (count = ::recv(ends[1], buffer.data(), buffer.size(), MSG_DONTWAIT)) > 0;) {
    answers.append(buffer.data(), static_cast<std::size_t>(count));
  }
  require(answers.empty() || answers.starts_with("HTTP/1.1 "));
  ::close(ends[1]);
  return seen;
}

}  // namespace
}  // namespace bramble::http

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto whole = bramble::http::serve(bytes, bytes.size() + 1);
  auto pieces = bramble::http::serve(bytes, std::size_t(data[0] % 64) + 1);
  if (whole != pieces) std::abort();
  return 0;
}
