#include "runtime/server_ports.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "base/ip_address.h"

namespace bramble {
namespace {

// A socket that is bound but never listens: nobody else is given its port, and a server with SO_REUSEADDR may
// take it.
int bind_any(const std::string& address, std::uint16_t& port) {
  sockaddr_storage name{};
  socklen_t length = 0;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&name);
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&name);
  if (::inet_pton(AF_INET, address.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    length = sizeof(sockaddr_in);
  } else if (::inet_pton(AF_INET6, address.c_str(), &v6->sin6_addr) == 1) {
    v6->sin6_family = AF_INET6;
    length = sizeof(sockaddr_in6);
  } else {
    throw Error(ErrorCode::invalid, "bad_setting",
                "server.address is '" + address + "', which is no IP address");
  }
  int socket = ::socket(name.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;
  bool good = socket >= 0 && ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
              ::bind(socket, reinterpret_cast<sockaddr*>(&name), length) == 0 &&
              ::getsockname(socket, reinterpret_cast<sockaddr*>(&name), &length) == 0;
  if (!good) {
    if (socket >= 0) ::close(socket);
    throw Error(ErrorCode::unavailable, "no_port", "no free port on " + address);
  }
  port = ntohs(name.ss_family == AF_INET ? v4->sin_port : v6->sin6_port);
  return socket;
}

}  // namespace

ServerPorts::ServerPorts(std::string address, std::uint16_t base, bool tls)
    : address_(std::move(address)),
      base_(base),
      loopback_(is_loopback(address_) ? address_ : "127.0.0.1"),
      tls_(tls) {}

ServerPorts::~ServerPorts() {
  for (const auto& [offset, kept] : reserved_) {
    if (kept.socket >= 0) ::close(kept.socket);
  }
}

const std::string& ServerPorts::address_of(std::uint16_t offset) const {
  MutexLock lock(mutex_);
  return on_loopback_.contains(offset) ? loopback_ : address_;
}

void ServerPorts::keep_on_loopback(std::uint16_t offset) {
  MutexLock lock(mutex_);
  on_loopback_.insert(offset);
}

std::uint16_t ServerPorts::port_of(std::uint16_t offset) {
  if (base_ != 0) return static_cast<std::uint16_t>(base_ + offset);
  const auto& address = address_of(offset);
  MutexLock lock(mutex_);
  auto& kept = reserved_[offset];
  if (kept.port == 0) kept.socket = bind_any(address, kept.port);
  return kept.port;
}

std::string ServerPorts::url_of(std::uint16_t offset) {
  const auto& address = address_of(offset);
  auto host = address == "0.0.0.0" ? "127.0.0.1" : address == "::" ? "[::1]" : address;
  if (host.find(':') != std::string::npos && host[0] != '[') host = "[" + host + "]";
  return (tls_ ? "https://" : "http://") + host + ":" + std::to_string(port_of(offset));
}

void ServerPorts::opened(std::uint16_t offset) {
  MutexLock lock(mutex_);
  auto it = reserved_.find(offset);
  if (it == reserved_.end() || it->second.socket < 0) return;
  ::close(it->second.socket);
  it->second.socket = -1;
}

}  // namespace bramble
