#include "tests/harness/client.h"

#include <sys/resource.h>

#include "base/error.h"

namespace bramble::harness {
namespace {

constexpr long connections = 1'100;
constexpr Duration patience = seconds(30);
constexpr std::chrono::milliseconds pause_between_looks{15};

// A thousand orders at once are a thousand open sockets.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

Client::Client() {
  raise_file_limit();
  trust({});
}

void Client::trust(const std::string& authorities_file) {
  HttpClientLimits limits;
  limits.authorities_file = authorities_file;
  limits.connections = connections;
  limits.connections_per_host = connections;
  thread_.call([&] { client_ = make_http_client(thread_.executor(), limits); });
}

Client::~Client() {
  thread_.call([this] { client_.reset(); });
}

std::future<HttpResponse> Client::begin(HttpClientRequest request) {
  request.timeout = patience;
  return thread_.begin(client_->send(std::move(request)));
}

Reply reply_of(std::future<HttpResponse> exchange) {
  try {
    auto response = exchange.get();
    return {response.status, std::move(response.headers), std::move(response.body)};
  } catch (const Error& error) {
    return {0, {}, error.message};
  }
}

Reply Client::send(HttpClientRequest request) { return reply_of(begin(std::move(request))); }

std::vector<Reply> Client::send_all(std::vector<HttpClientRequest> requests) {
  std::vector<std::future<HttpResponse>> exchanges;
  for (auto& request : requests) exchanges.push_back(begin(std::move(request)));
  std::vector<Reply> replies;
  for (auto& exchange : exchanges) replies.push_back(reply_of(std::move(exchange)));
  return replies;
}

HttpClientRequest get(std::string url) {
  HttpClientRequest request;
  request.url = std::move(url);
  return request;
}

HttpClientRequest with_json(std::string method, std::string url, std::string body) {
  HttpClientRequest request;
  request.method = std::move(method);
  request.url = std::move(url);
  request.headers.add("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

bool eventually(const std::function<bool()>& condition, Duration patience) {
  auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(patience.us);
  for (;;) {
    if (condition()) return true;
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(pause_between_looks);
  }
}

}  // namespace bramble::harness
