// An HTTP client for one exchange or for a thousand at once. An exchange that fails is a Reply of status 0,
// so a test sees it and never hangs on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/http/loopback.h"
#include "tests/harness/reply.h"

namespace bramble::harness {

class Client {
 public:
  Client();
  ~Client();

  // Uses TLS from now on and trusts the certificates in this file.
  void trust(const std::string& authorities_file);
  Reply send(HttpClientRequest request);
  // Sends all at once; the replies are in the order of the requests.
  std::vector<Reply> send_all(std::vector<HttpClientRequest> requests);
  // Sends the request and returns at once.
  std::future<HttpResponse> begin(HttpClientRequest request);

 private:
  http::EventThread thread_;
  std::unique_ptr<HttpClient> client_;
};

// Waits for an exchange that `begin` started.
Reply reply_of(std::future<HttpResponse> exchange);

HttpClientRequest get(std::string url);
HttpClientRequest with_json(std::string method, std::string url, std::string body);

// Checks the condition again and again until it holds; false if it does not hold in time.
bool eventually(const std::function<bool()>& condition, Duration patience = seconds(15));

}  // namespace bramble::harness
