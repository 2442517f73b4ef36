// The network port of each server of the process: a base plus an offset. With base 0 the system chooses each
// port when it is first asked for, and the port is reserved until the server opens. All servers have one
// address, except those that are kept on loopback.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "base/mutex.h"

namespace bramble {

class ServerPorts {
 public:
  ServerPorts(std::string address, std::uint16_t base, bool tls);
  ~ServerPorts();
  ServerPorts(const ServerPorts&) = delete;

  const std::string& address_of(std::uint16_t offset) const;
  // Call it before the port or URL is asked for.
  void keep_on_loopback(std::uint16_t offset);
  std::uint16_t port_of(std::uint16_t offset);
  // "http://127.0.0.1:8080". For an address that means all interfaces it names this machine.
  std::string url_of(std::uint16_t offset);
  // Releases the reserved port: the server is open.
  void opened(std::uint16_t offset);

 private:
  struct ReservedSocket {
    int socket = -1;
    std::uint16_t port = 0;
  };

  std::string address_;
  std::uint16_t base_;
  std::string loopback_;
  bool tls_;
  mutable Mutex mutex_;
  std::set<std::uint16_t> on_loopback_ GUARDED_BY(mutex_);
  std::map<std::uint16_t, ReservedSocket> reserved_ GUARDED_BY(mutex_);
};

}  // namespace bramble
