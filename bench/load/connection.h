// A keep-alive HTTP/1.1 connection: one request at a time, its answer to a function. It connects by itself,
// again too.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "bench/load/answer_reader.h"
#include "bench/load/socket.h"

namespace bramble::load {

// The views hold until the function that was given the answer returns or sends the next request.
struct HttpResponse {
  int status = 0;  // 0: there is no answer, `failure` says why
  std::string_view head;
  std::string_view body;
  std::string_view failure;

  bool ok() const { return status >= 200 && status < 300; }
};

class Connection : public Socket {
 public:
  using Done = std::function<void(const HttpResponse&)>;

  Connection(Loop& loop, Endpoint endpoint) : Socket(loop, std::move(endpoint)) {}

  // `request` is a whole request as it goes over the wire. Not while another one is under way.
  void send(std::string_view request, Done done);

  bool busy() const { return static_cast<bool>(done_); }
  // Gives up a request that began before the given moment; its answer is the failure "no answer in time".
  void expire(std::int64_t began_before_us);

 private:
  void on_bytes(std::string_view bytes) override;
  void on_closed(std::string_view why) override;
  void complete(const HttpResponse& answer);
  void complete_read();

  AnswerReader reader_;
  Done done_;
  std::int64_t began_us_ = 0;
  bool may_be_stale_ = false;  // the connection was open before: the server may just have closed it
  std::string again_;          // the request, to be sent once more in that case
};

// The bytes of a request. `extra` is whole header lines, each with its line end.
std::string request_text(std::string_view method, std::string_view path, std::string_view authority,
                         std::string_view extra, std::string_view body,
                         std::string_view content_type = "application/json");

}  // namespace bramble::load
