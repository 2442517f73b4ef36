// Turns the bytes of a connection into HttpRequests, and refuses what is malformed or over a limit.
// Strict where lenience would let two readers see two requests: lengths, transfer codings, hosts, control
// characters.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "ports/http.h"

namespace bramble::http {

// Why a request was refused: the status and the words of its problem+json.
struct RequestError {
  int status = 0;
  std::string_view code;
  std::string_view detail;
};

enum class ReadState { head, body, complete, refused };

class RequestReader {
 public:
  explicit RequestReader(const HttpLimits& limits);
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  // Begins a new request, of which nothing was seen yet.
  void restart();
  // Takes bytes and returns how many were used. The others must be given again, with more behind them; after
  // `complete` they belong to the next request.
  std::size_t feed(std::string_view bytes);

  ReadState state() const;
  const RequestError& refusal() const;  // when refused
  HttpRequest take_request();           // when complete

  // Known from the state `body` on.
  bool expects_continue() const;
  bool keep_alive() const;
  bool http_1_0() const;
  bool accepts_brotli() const;
  bool accepts_gzip() const;
  std::size_t body_bytes_announced() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace bramble::http
