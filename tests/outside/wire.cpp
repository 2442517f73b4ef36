#include "tests/outside/wire.h"

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace bramble::outside {
namespace {

// Longer than the server itself gives a request. Whoever waits on a socket with a time limit is interrupted
// when its process is paused and goes on (signal(7)), and has to ask again: that is no answer of the server.
constexpr timeval patience{.tv_sec = 40, .tv_usec = 0};

}  // namespace

JsonDocument Reply::json() const {
  try {
    return JsonDocument::parse(body);
  } catch (const Error&) {
    return JsonDocument::empty_object();
  }
}

std::string Reply::text(std::string_view member) const {
  auto document = json();
  return std::string(document.root()[member].text());
}

Wire::Wire(std::string_view origin) : endpoint_(load::resolve(load::parse_url(origin))) {}

bool Wire::open() {
  if (fd_ >= 0) return true;
  fd_ = ::socket(endpoint_.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd_ < 0) return false;
  int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const auto* address = reinterpret_cast<const sockaddr*>(&endpoint_.address);
  if (TEMP_FAILURE_RETRY(::connect(fd_, address, endpoint_.size)) == 0) return true;
  close();
  return false;
}

void Wire::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

bool Wire::send(std::string_view bytes) {
  if (!open()) return false;
  while (!bytes.empty()) {
    auto sent = TEMP_FAILURE_RETRY(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Wire::end_sending() {
  if (fd_ >= 0) ::shutdown(fd_, SHUT_WR);
}

Reply Wire::read() {
  using State = load::AnswerReader::State;
  load::AnswerReader reader;
  std::array<char, 65536> buffer;
  auto state = State::reading;
  bool ended = false;
  while (fd_ >= 0 && state == State::reading && !ended) {
    auto got = TEMP_FAILURE_RETRY(::recv(fd_, buffer.data(), buffer.size(), 0));
    ended = got <= 0;
    state = ended ? reader.finish() : reader.feed({buffer.data(), static_cast<std::size_t>(got)});
  }
  Reply reply;
  if (state == State::done) {
    reply.status = reader.head().status;
    reply.head = reader.head_text();
    reply.body = reader.body();
  }
  if (reply.status == 0 || ended || reader.head().close) close();
  return reply;
}

std::string Wire::read_some() {
  std::array<char, 65536> buffer;
  auto got = fd_ < 0 ? 0 : TEMP_FAILURE_RETRY(::recv(fd_, buffer.data(), buffer.size(), 0));
  return {buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
}

std::string Wire::request(std::string_view method, std::string_view path, std::string_view headers,
                          std::string_view body, std::string_view content_type) const {
  std::string text;
  text.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: ").append(endpoint_.authority);
  text.append("\r\n").append(headers);
  if (!body.empty() && !content_type.empty())
    text.append("Content-Type: ").append(content_type).append("\r\n");
  if (!body.empty() || method == "POST" || method == "PUT") {
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  return text.append("\r\n").append(body);
}

Reply Wire::ask(std::string_view method, std::string_view path, std::string_view headers,
                std::string_view body, std::string_view content_type) {
  // What the server says before it has read everything counts too, so a failed send still reads.
  send(request(method, path, headers, body, content_type));
  return read();
}

std::string bearer(std::string_view access_token) {
  return "Authorization: Bearer " + std::string(access_token) + "\r\n";
}

}  // namespace bramble::outside
