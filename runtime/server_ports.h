// Which port each server of the process has: a base and an offset. With base 0 the system chooses each port
// when it is first asked for, and it is kept free for the server until that opens. All have one address but
// those that are kept on this machine.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace bramble {

class ServerPorts {
 public:
  ServerPorts(std::string address, std::uint16_t base, bool tls);
  ~ServerPorts();
  ServerPorts(const ServerPorts&) = delete;

  const std::string& address_of(std::uint16_t offset) const;
  // Before its port or URL was asked for.
  void keep_on_loopback(std::uint16_t offset);
  std::uint16_t port_of(std::uint16_t offset);
  // "http://127.0.0.1:8080"; an address that means every interface is named as this machine's own.
  std::string url_of(std::uint16_t offset);
  // The server is open now.
  void opened(std::uint16_t offset);

 private:
  struct Kept {
    int socket = -1;
    std::uint16_t port = 0;
  };

  std::string address_;
  std::uint16_t base_;
  std::string loopback_;
  bool tls_;
  mutable std::mutex mutex_;
  std::set<std::uint16_t> on_loopback_;
  std::map<std::uint16_t, Kept> kept_;
};

}  // namespace bramble
