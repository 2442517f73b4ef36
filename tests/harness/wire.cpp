#include "tests/harness/wire.h"

#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "bench/load/answer_reader.h"

namespace bramble::harness {
namespace {

// Longer than the server itself gives a request. A wait on a socket with a time limit is interrupted when the
// process is paused and goes on (signal(7)), so such calls are repeated.
constexpr timeval patience{.tv_sec = 40, .tv_usec = 0};

HttpHeaders headers_of(std::string_view head) {
  HttpHeaders headers;
  while (!head.empty()) {
    auto end = std::min(head.find("\r\n"), head.size());
    auto line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;  // the status line
    auto value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    headers.add(std::string(line.substr(0, colon)), std::string(value));
  }
  return headers;
}

}  // namespace

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
  bool whole = state == State::done;
  if (!whole || ended || reader.head().close) close();
  if (!whole) return {};
  return {reader.head().status, headers_of(reader.head_text()), std::string(reader.body())};
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

}  // namespace bramble::harness
