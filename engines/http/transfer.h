// One exchange of the client: a pooled curl handle with its options set once, and what belongs to the request
// under way.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "engines/http/http_client.h"

namespace bramble::http {

// Wakes the coroutine that waits for an exchange.
class Waiter {
 public:
  virtual ~Waiter() = default;
  virtual void resume() = 0;
};

class Transfer {
 public:
  using Steady = std::chrono::steady_clock;

  Transfer();
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Aims the handle at a request, which must stay where it is until the end. Throws Error invalid when it
  // cannot be a request.
  void prepare(const HttpClientRequest& request, const HttpClientLimits& limits);
  // Forgets the request.
  void clear();
  void finish(CURLcode result);
  void expire();

  CURL* easy() const { return easy_; }

  HttpResponse response;
  std::unique_ptr<Error> failure;
  std::unique_ptr<Waiter> waiter;
  Steady::time_point deadline;
  bool in_curl = false;
  bool done = false;

 private:
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static int on_request(void* self, char*, char*, int, int);
  void set_method(const HttpClientRequest& request);
  void set_headers(const HttpClientRequest& request);
  void add_line(std::string line);

  CURL* easy_;
  const HttpClientRequest* request_ = nullptr;
  std::size_t most_bytes_ = 0;
  std::size_t header_bytes_ = 0;
  std::string method_;  // as the handle has it now
  std::vector<std::string> lines_;
  std::vector<curl_slist> list_;
  int attempts_ = 0;
  bool too_large_ = false;
};

}  // namespace bramble::http
