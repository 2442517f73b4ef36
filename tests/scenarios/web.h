// HTTP as a client of the platform uses it: one exchange that is waited for, or many at once. An exchange
// that failed on the way is an Answer of status 0, so a test sees it and never hangs on it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engines/http/loopback.h"
#include "runtime/json/json.h"

namespace bramble::scenarios {

struct Answer {
  int status = 0;
  HttpHeaders headers;
  std::string body;
  JsonDocument json = JsonDocument::empty_object();

  JsonValue operator[](std::string_view name) const { return json.root()[name]; }
  std::string text(std::string_view name) const { return std::string(json.root()[name].text()); }
  // The stable word of a problem document.
  std::string code() const { return text("code"); }
};

class Web {
 public:
  Web();
  ~Web();

  // From now on, over TLS: whoever has a certificate of this file's.
  void trust(const std::string& authorities_file);
  Answer send(HttpClientRequest request);
  // All are under way at once; the answers are in the order of the requests.
  std::vector<Answer> send_all(std::vector<HttpClientRequest> requests);
  // Under way when it returns.
  std::future<HttpResponse> begin(HttpClientRequest request);

 private:
  http::EventThread thread_;
  std::unique_ptr<HttpClient> client_;
};

// Waits for what was begun.
Answer answer_of(std::future<HttpResponse> exchange);

HttpClientRequest get(std::string url);
HttpClientRequest with_json(std::string method, std::string url, std::string body);

// Looks again and again until it is so; false when the patience is over.
bool eventually(const std::function<bool()>& condition, Duration patience = seconds(15));

}  // namespace bramble::scenarios
