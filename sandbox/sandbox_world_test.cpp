#include "sandbox/sandbox_world_test.h"

#include "runtime/migrations.h"
#include "sandbox_schema.h"

namespace bramble::sandbox {

SandboxWorld::SandboxWorld() {
  http_ = make_http_client(io_.get_executor());
  merchant_ =
      listen_http(io_.get_executor(), HttpListen{}, [this](HttpRequest request) -> Task<HttpResponse> {
        webhooks_.push_back(std::move(request));
        co_return HttpResponse{.status = webhook_status_};
      });
  handler_ = [this](HttpRequest request) { return host_->handler(std::move(request)); };
  server_ = listen_http(io_.get_executor(), HttpListen{}, handler_);
  database_ = open_sqlite({.path = folder_.path / "sandbox.db", .clock = &clock_, .random = &random_});
  migrate(*database_, "sandbox", sandbox_migrations(), clock_);
  start();
}

SandboxWorld::~SandboxWorld() { stop(); }

void SandboxWorld::start() {
  host_ =
      std::make_unique<TestHost>(io_.get_executor(), *database_, *http_, clock_, random_, server_->port());
  host_->token = token_;
  module_ = sandbox_module().start(*host_);
  bool ready = false;
  boost::asio::co_spawn(io_, host_->prepare(system_call("sandbox", clock_.now() + seconds(10))),
                        [&](std::exception_ptr) { ready = true; });
  EXPECT_TRUE(wait_for([&] { return ready; }));
}

void SandboxWorld::stop() {
  // What the old module still runs refers to it, so all of it ends first.
  for (int rounds = 0; rounds < 20; ++rounds) io_.run_one_for(std::chrono::milliseconds(5));
}

void SandboxWorld::restart() {
  stop();
  retired_.push_back({std::move(host_), std::move(module_)});
  start();
}

void SandboxWorld::lock(std::string token) {
  token_ = std::move(token);
  restart();
}

void SandboxWorld::run_chores() {
  for (auto& chore : host_->chores) {
    bool done = false;
    boost::asio::co_spawn(io_, chore.run(system_call("sandbox", clock_.now() + seconds(10))),
                          [&](std::exception_ptr failure) {
                            done = true;
                            EXPECT_FALSE(failure) << chore.name;
                          });
    EXPECT_TRUE(wait_for([&] { return done; }));
  }
}

Reply SandboxWorld::ask(std::string method, std::string path, std::string body, HttpHeaders headers,
                        Duration patience) {
  HttpClientRequest request{.method = std::move(method), .body = std::move(body), .timeout = patience};
  request.url = host_->address_of(10) + path;
  request.headers = std::move(headers);
  if (!request.headers.has("Authorization")) request.headers.add("Authorization", "Bearer the bank_api_key");
  if (!request.body.empty() && !request.headers.has("Content-Type")) {
    request.headers.add("Content-Type", "application/json");
  }
  auto response = await(http_->send(std::move(request)));
  return {response.status, std::move(response.headers), std::move(response.body)};
}

Reply SandboxWorld::bank(std::string path, std::string body, std::string key) {
  HttpHeaders headers;
  headers.add("Idempotency-Key", std::move(key));
  return ask("POST", std::move(path), std::move(body), std::move(headers));
}

Reply SandboxWorld::end(std::string payment_id, std::string key, bool unless_confirmed) {
  auto body = "{\"payment_id\":\"" + payment_id + "\",\"order_id\":\"ord_" + payment_id +
              "\",\"amount_minor\":199900,\"currency\":\"RUB\",\"unless_confirmed\":" +
              (unless_confirmed ? "true" : "false") + "}";
  return bank("/bank/v1/payments/end", std::move(body), std::move(key));
}

Reply SandboxWorld::post_form(std::string id, std::string form) {
  HttpHeaders headers;
  headers.add("Content-Type", "application/x-www-form-urlencoded");
  headers.add("Authorization", "none is needed");
  return ask("POST", "/acs/" + id, std::move(form), std::move(headers));
}

std::string SandboxWorld::new_payment(std::string payment_id, std::string token, std::string method,
                                      std::int64_t amount_minor) const {
  return "{\"payment_id\":\"" + payment_id + "\",\"order_id\":\"ord_" + payment_id +
         "\",\"amount_minor\":" + std::to_string(amount_minor) + ",\"currency\":\"RUB\",\"method\":\"" +
         method + "\",\"token\":\"" + token +
         "\",\"return_url\":\"http://shop.test/return\",\"webhook_url\":\"http://127.0.0.1:" +
         std::to_string(merchant_->port()) + "/hooks/payments/sandbox\",\"session_expires_at\":\"" +
         to_rfc3339(clock_.now() + session) + "\"}";
}

std::vector<std::string> SandboxWorld::webhook_types() const {
  std::vector<std::string> types;
  for (const auto& webhook : webhooks_) {
    types.emplace_back(JsonDocument::parse(webhook.body).root()["type"].text());
  }
  return types;
}

}  // namespace bramble::sandbox
