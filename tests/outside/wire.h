// One connection to a server, blocking, with no politeness of its own: it sends the bytes it is given and
// tells what came back. It connects when it must, and never sends anything twice.
#pragma once

#include <string>
#include <string_view>

#include "bench/load/address.h"
#include "bench/load/answer_reader.h"
#include "runtime/json/json.h"

namespace bramble::outside {

struct Reply {
  int status = 0;  // 0: no whole answer came
  std::string head;
  std::string body;

  bool ok() const { return status >= 200 && status < 300; }
  std::string header(std::string_view lower_name) const {
    return std::string(load::header_value(head, lower_name));
  }
  // An empty object if the body is not JSON.
  JsonDocument json() const;
  // A member of the body as text; empty if there is none.
  std::string text(std::string_view member) const;
};

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
  // Whatever comes next, as it is; empty at the end or when nothing came for a long time.
  std::string read_some();
  void close();

 private:
  bool open();

  load::Endpoint endpoint_;
  int fd_ = -1;
};

std::string bearer(std::string_view access_token);

}  // namespace bramble::outside
