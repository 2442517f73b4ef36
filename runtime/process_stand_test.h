// A process of modules that a test writes, on real stores and without a network: its servers are called by
// their handlers.
#pragma once

#include <gtest/gtest.h>

#include "runtime/process.h"
#include "runtime/test_messages.h"

namespace bramble::runtime_test {

inline constexpr Migration shop_schema[] = {{"0001_sales", "CREATE TABLE sales (text TEXT NOT NULL)"}};

// A server without a network: tests call its handler.
struct FakeServers {
  std::map<std::uint16_t, HttpHandler> handlers;
  std::map<std::uint16_t, std::string> addresses;
  Seen events;

  class Server : public HttpServer {
   public:
    Server(std::uint16_t port, Seen& events) : port_(port), events_(events) {}
    std::uint16_t port() const override { return port_; }
    Task<void> stop(Duration) override {
      events_.add("server stopped");
      co_return;
    }

   private:
    std::uint16_t port_;
    Seen& events_;
  };

  std::unique_ptr<HttpServer> open(HttpListen listen, HttpHandler handler) {
    handlers[listen.port] = std::move(handler);
    addresses[listen.port] = listen.address;
    return std::make_unique<Server>(listen.port, events);
  }
  HttpResponse get(Process& process, std::uint16_t port, std::string path, std::string method = "GET",
                   std::string host = "127.0.0.1") {
    HttpRequest request;
    request.headers.add("Host", std::move(host));
    request.method = std::move(method);
    request.path = std::move(path);
    return process.run(handlers.at(port)(std::move(request)));
  }
};

class ProcessStand : public testing::Test {
 protected:
  ProcessStand() { settings.set("server.port_base=18080"); }

  Platform platform() {
    Platform parts;
    parts.clock = std::make_shared<SystemClock>();
    parts.random = std::make_shared<SystemRandom>();
    parts.open_database = [this](const std::string& module) { return stand.open_engine(module); };
    parts.open_server = [this](boost::asio::any_io_executor, HttpListen listen, HttpHandler handler) {
      return servers.open(std::move(listen), std::move(handler));
    };
    return parts;
  }

  Process& make(std::vector<Module> modules, ProcessOptions options = {}) {
    options.data_folder = stand.folder.path();
    process = std::make_unique<Process>(std::move(modules), platform(), settings, *stand.logger,
                                        *stand.metrics, std::move(options));
    return *process;
  }

  std::string refusal(std::vector<Module> modules, ProcessOptions options = {}) {
    try {
      make(std::move(modules), std::move(options)).start();
    } catch (const Error& error) {
      return error.message;
    }
    return "";
  }

  static Module with(std::string name, std::function<void(ModuleHost&)> wire,
                     std::vector<std::string> calls = {},
                     std::span<const Migration> migrations = shop_schema) {
    return {.name = std::move(name),
            .calls = std::move(calls),
            .migrations = migrations,
            .start = [wire = std::move(wire)](ModuleHost& host) -> std::shared_ptr<void> {
              wire(host);
              return nullptr;
            }};
  }

  Stand stand;
  FakeServers servers;
  Settings settings;
  std::unique_ptr<Process> process;
};

}  // namespace bramble::runtime_test
