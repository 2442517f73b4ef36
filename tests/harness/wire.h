// One blocking connection to a server. It sends exactly the bytes it is given, connects when it must, and
// never sends anything twice.
#pragma once

#include <string>
#include <string_view>

#include "bench/load/address.h"
#include "tests/harness/reply.h"

namespace bramble::harness {

class Wire {
 public:
  explicit Wire(std::string_view origin);  // "http://127.0.0.1:8080"
  ~Wire() { close(); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // `headers` is whole header lines, each with its line end.
  Reply ask(std::string_view method, std::string_view path, std::string_view headers = {},
            std::string_view body = {}, std::string_view content_type = "application/json");

  // The request of `ask` as it goes over the wire.
  std::string request(std::string_view method, std::string_view path, std::string_view headers,
                      std::string_view body, std::string_view content_type = "application/json") const;
  bool send(std::string_view bytes);
  void end_sending();
  Reply read();
  // The next bytes as they are; empty at the end or when nothing came for a long time.
  std::string read_some();
  void close();

 private:
  bool open();

  load::Endpoint endpoint_;
  int fd_ = -1;
};

std::string bearer(std::string_view access_token);

}  // namespace bramble::harness
