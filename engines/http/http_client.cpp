#include "engines/http/http_client.h"

#include <boost/asio/use_awaitable.hpp>

#include "engines/http/curl_engine.h"

namespace bramble {
namespace asio = boost::asio;

namespace http {
namespace {

template <class Handler>
class HandlerWaiter : public Waiter {
 public:
  explicit HandlerWaiter(Handler handler) : handler_(std::move(handler)) {}
  void resume() override { std::move(handler_)(); }

 private:
  Handler handler_;
};

class CurlClient : public HttpClient {
 public:
  explicit CurlClient(std::shared_ptr<CurlEngine> engine) : engine_(std::move(engine)) {}
  ~CurlClient() override { engine_->close(); }

  std::shared_ptr<const HttpClientStats> stats() const override { return engine_->stats(); }
  Task<HttpResponse> send(HttpClientRequest request) override {
    return exchange(engine_, std::move(request));
  }

 private:
  // Free of `this`: it must end well when the client has gone before its answer.
  static Task<HttpResponse> exchange(std::shared_ptr<CurlEngine> engine, HttpClientRequest request) {
    struct Lease {
      ~Lease() { engine.give_back(std::move(transfer)); }
      CurlEngine& engine;
      std::unique_ptr<Transfer> transfer;
    };
    Lease lease{*engine, engine->take(request)};
    auto* transfer = lease.transfer.get();
    auto start = [&engine, transfer](auto handler) {
      transfer->waiter = std::make_unique<HandlerWaiter<decltype(handler)>>(std::move(handler));
      engine->start(transfer);
    };
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(start, asio::use_awaitable);
    if (transfer->failure) throw Error(*transfer->failure);
    co_return std::move(transfer->response);
  }

  std::shared_ptr<CurlEngine> engine_;
};

}  // namespace
}  // namespace http

std::unique_ptr<HttpClient> make_http_client(asio::any_io_executor executor, HttpClientLimits limits,
                                             std::shared_ptr<HttpClientStats> stats) {
  auto engine = std::make_shared<http::CurlEngine>(std::move(executor), limits, std::move(stats));
  return std::make_unique<http::CurlClient>(std::move(engine));
}

}  // namespace bramble
