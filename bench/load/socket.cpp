#include "bench/load/socket.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace bramble::load {

void Socket::hang_up() {
  if (fd_ >= 0) close(fd_);  // leaves the loop with it
  fd_ = -1;
  connecting_ = false;
  waiting_to_write_ = false;
  out_.clear();
}

void Socket::fail(std::string_view doing, int error) {
  hang_up();
  on_closed(error == 0 ? std::string() : std::string(doing) + ": " + std::strerror(error));
}

bool Socket::open() {
  fd_ = ::socket(endpoint_.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd_ < 0) {
    fail("socket", errno);
    return false;
  }
  int on = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  auto result = connect(fd_, reinterpret_cast<const sockaddr*>(&endpoint_.address), endpoint_.size);
  if (result != 0 && errno != EINPROGRESS) {
    fail("connect", errno);
    return false;
  }
  connecting_ = true;
  waiting_to_write_ = true;
  loop_.watch(fd_, EPOLLIN | EPOLLOUT, *this);
  return true;
}

void Socket::write(std::string_view bytes) {
  if (fd_ < 0 && !open()) return;
  if (connecting_ || !out_.empty()) {
    out_.append(bytes);
    return;
  }
  auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN) return fail("send", errno);
    sent = 0;
  }
  auto taken = static_cast<std::size_t>(sent);
  if (taken == bytes.size()) return;
  out_.assign(bytes.substr(taken));
  waiting_to_write_ = true;
  loop_.change(fd_, EPOLLIN | EPOLLOUT, *this);
}

void Socket::flush() {
  auto sent = ::send(fd_, out_.data(), out_.size(), MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN) fail("send", errno);
    return;
  }
  out_.erase(0, static_cast<std::size_t>(sent));
  if (!out_.empty()) return;
  waiting_to_write_ = false;
  loop_.change(fd_, EPOLLIN, *this);
}

void Socket::read() {
  auto buffer = loop_.buffer();
  auto got = ::recv(fd_, buffer.data(), buffer.size(), 0);
  if (got > 0) return on_bytes({buffer.data(), static_cast<std::size_t>(got)});
  if (got == 0) return fail("", 0);
  if (errno != EAGAIN && errno != EINTR) fail("recv", errno);
}

void Socket::on_ready(std::uint32_t events) {
  if (fd_ < 0) return;  // closed earlier in this round
  if (connecting_) {
    if ((events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) == 0) return;
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) return fail("connect", error);
    connecting_ = false;
  }
  if (waiting_to_write_ && (events & EPOLLOUT) != 0) {
    flush();
    if (fd_ < 0) return;
  }
  if ((events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0) read();
}

}  // namespace bramble::load
