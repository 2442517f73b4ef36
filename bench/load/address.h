// Plain http addresses, taken apart and resolved once.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace bramble::load {

struct Url {
  std::string host;
  std::uint16_t port = 80;
  std::string path = "/";  // with the query

  std::string origin() const;     // "http://host:port"
  std::string authority() const;  // "host:port"
};

// Throws std::invalid_argument saying what is wrong with it.
Url parse_url(std::string_view text);

struct Endpoint {
  sockaddr_storage address{};
  socklen_t size = 0;
  std::string authority;
};

// Throws std::runtime_error if the host has no address.
Endpoint resolve(const Url& url);

}  // namespace bramble::load
