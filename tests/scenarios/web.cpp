#include "tests/scenarios/web.h"

#include <sys/resource.h>

#include "base/error.h"

namespace bramble::scenarios {
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

Web::Web() {
  raise_file_limit();
  trust({});
}

void Web::trust(const std::string& authorities_file) {
  HttpClientLimits limits;
  limits.authorities_file = authorities_file;
  limits.connections = connections;
  limits.connections_per_host = connections;
  thread_.call([&] { client_ = make_http_client(thread_.executor(), limits); });
}

Web::~Web() {
  thread_.call([this] { client_.reset(); });
}

std::future<HttpResponse> Web::begin(HttpClientRequest request) {
  request.timeout = patience;
  return thread_.begin(client_->send(std::move(request)));
}

Answer answer_of(std::future<HttpResponse> exchange) {
  Answer answer;
  try {
    auto response = exchange.get();
    answer.status = response.status;
    answer.headers = std::move(response.headers);
    answer.body = std::move(response.body);
  } catch (const Error& error) {
    answer.body = error.message;
    return answer;
  }
  if (answer.body.starts_with('{')) answer.json = JsonDocument::parse(answer.body);
  return answer;
}

Answer Web::send(HttpClientRequest request) { return answer_of(begin(std::move(request))); }

std::vector<Answer> Web::send_all(std::vector<HttpClientRequest> requests) {
  std::vector<std::future<HttpResponse>> exchanges;
  for (auto& request : requests) exchanges.push_back(begin(std::move(request)));
  std::vector<Answer> answers;
  for (auto& exchange : exchanges) answers.push_back(answer_of(std::move(exchange)));
  return answers;
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

}  // namespace bramble::scenarios
