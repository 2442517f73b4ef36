// A sandbox for tests: the real module on SQLite and loopback HTTP, with a clock that the test moves, and a
// merchant that records its webhooks. Everything but the database runs on the test's thread.
#pragma once

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <utility>

#include "engines/http/http_client.h"
#include "engines/http/http_server.h"
#include "engines/sqlite/sqlite.h"
#include "runtime/json/json.h"
#include "sandbox/sandbox_module.h"
#include "testing/clock.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/fakes/quiet_metrics.h"

namespace bramble::sandbox {

class TestHost final : public ModuleHost {
 public:
  struct Chore {
    std::string name;
    std::function<Task<void>(Call)> run;
  };

  TestHost(boost::asio::any_io_executor executor, Database& database, HttpClient& http, TestClock& clock,
           Random& random, std::uint16_t port)
      : executor_(std::move(executor)),
        database_(database),
        http_(http),
        clock_(clock),
        random_(random),
        port_(port) {}

  const std::string& name() const override { return name_; }
  Database& database() override { return database_; }
  Cache& cache() override { throw std::logic_error("no cache here"); }
  SearchIndex& search() override { throw std::logic_error("no search here"); }
  HttpClient& http_client() override { return http_; }
  HttpClient& http_client(std::string_view) override { return http_; }
  const Clock& clock() override { return clock_; }
  Random& random() override { return random_; }
  Logger& log() override { return log_; }
  Metrics& metrics() override { return metrics_; }
  DeadLetters& dead_letters() override { throw std::logic_error("no dead letters here"); }
  std::vector<HealthLine> health() override { return {}; }
  void add_health_line(std::function<HealthLine()>) override {}
  std::vector<DependencyState> dependencies() override { return {}; }
  MessageHistories& message_histories() override { throw std::logic_error("no histories here"); }
  ProcessReport report() override { return {}; }
  boost::asio::any_io_executor executor() override { return executor_; }

  std::int64_t setting(std::string_view key, std::int64_t otherwise, std::int64_t, std::int64_t) override {
    return key == "timeout_hold_ms" ? 300 : otherwise;
  }
  std::string setting(std::string_view, std::string_view otherwise) override {
    return std::string(otherwise);
  }
  bool setting(std::string_view, bool otherwise) override { return otherwise; }
  std::string secret(std::string_view key, std::size_t) override { return "the " + std::string(key); }
  std::string given_secret(std::string_view key, std::size_t) override { return key == "token" ? token : ""; }
  void lacks(std::string what) override { throw std::logic_error("the sandbox lacks " + what); }
  bool sandboxed() const override { return true; }

  void repeat(std::string name, Duration, std::function<Task<void>(Call)> chore) override {
    chores.push_back({std::move(name), std::move(chore)});
  }
  void listen(std::uint16_t, HttpHandler given, ServerLimits) override { handler = std::move(given); }
  void keep_on_loopback(std::uint16_t) override { on_loopback = true; }
  std::string address_of(std::uint16_t) const override { return "http://127.0.0.1:" + std::to_string(port_); }
  void on_ready(std::function<Task<void>(Call)> given) override { prepare = std::move(given); }

  std::vector<Chore> chores;
  HttpHandler handler;
  std::function<Task<void>(Call)> prepare;
  std::string token;
  bool on_loopback = false;

 protected:
  std::shared_ptr<void> api_of(const RpcContract&) override {
    throw std::logic_error("the sandbox calls nobody");
  }
  void serve_api(const RpcContract&, std::shared_ptr<void>) override {}
  void consume_envelope(std::string_view, std::function<void(Tx&, std::string_view)>, Duration) override {}
  void after_commit_envelope(std::string_view, std::function<void(std::string_view)>) override {}
  void watch_envelope(std::string_view, std::function<void(std::string_view)>) override {}
  void on_job_envelope(std::string_view, std::function<Task<void>(Call, std::string)>) override {}

 private:
  std::string name_ = "sandbox";
  boost::asio::any_io_executor executor_;
  Database& database_;
  HttpClient& http_;
  TestClock& clock_;
  Random& random_;
  std::uint16_t port_;
  QuietLogger log_;
  QuietMetrics metrics_;
};

struct Reply {
  int status = 0;
  HttpHeaders headers;
  std::string body;

  JsonDocument json() const { return JsonDocument::parse(body); }
  std::string text(std::string_view member) const { return std::string(json().root()[member].text()); }
  std::int64_t number(std::string_view member) const { return json().root()[member].integer(); }
};

// A folder that is deleted with the test.
class TestFolder {
 public:
  TestFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "bramble-sandbox-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~TestFolder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

class SandboxWorld : public testing::Test {
 protected:
  static constexpr Duration session = minutes(10);

  SandboxWorld();
  ~SandboxWorld() override;

  // Ends the sandbox as if its process had died, and starts it again on the same data.
  void restart();
  void run_chores();

  template <class Condition>
  [[nodiscard]] bool wait_for(Condition condition) {
    for (int rounds = 0; rounds < 1000 && !condition(); ++rounds)
      io_.run_one_for(std::chrono::milliseconds(10));
    return condition();
  }
  template <class T>
  T await(Task<T> task) {
    std::optional<T> result;
    std::exception_ptr failure;
    boost::asio::co_spawn(io_, std::move(task), [&](std::exception_ptr failed, T value) {
      failure = failed;
      result = std::move(value);
    });
    EXPECT_TRUE(wait_for([&] { return result.has_value(); }));
    if (failure) std::rethrow_exception(failure);
    return std::move(*result);
  }

  // Sends a request to the sandbox with the API key.
  Reply ask(std::string method, std::string path, std::string body = {}, HttpHeaders headers = {},
            Duration patience = seconds(5));
  Reply bank(std::string path, std::string body, std::string key);
  // Restarts the sandbox with that token.
  void lock(std::string token);
  Reply get(std::string path) { return ask("GET", std::move(path)); }
  Reply post_form(std::string id, std::string form);

  std::string new_payment(std::string payment_id, std::string token, std::string method = "card",
                          std::int64_t amount_minor = 199'900) const;
  Reply create(std::string payment_id, std::string token, std::string method = "card") {
    return bank("/bank/v1/payments", new_payment(payment_id, token, method), "create:" + payment_id);
  }
  Reply end(std::string payment_id, std::string key, bool unless_confirmed = false);
  // In the order in which they came.
  std::vector<std::string> webhook_types() const;

  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{io_.get_executor()};
  TestClock clock_;
  SeededRandom random_;
  TestFolder folder_;
  std::vector<HttpRequest> webhooks_;
  int webhook_status_ = 200;
  std::unique_ptr<Database> database_;
  std::unique_ptr<HttpClient> http_;
  std::unique_ptr<HttpServer> merchant_;
  std::unique_ptr<TestHost> host_;
  std::shared_ptr<void> module_;
  std::unique_ptr<HttpServer> server_;
  HttpHandler handler_;

 private:
  std::string token_;
  struct Retired {
    std::unique_ptr<TestHost> host;
    std::shared_ptr<void> module;
  };
  std::vector<Retired> retired_;

  void start();
  void stop();
};

}  // namespace bramble::sandbox
