#include "engines/http/http_server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>

#include "base/error.h"
#include "engines/http/connection.h"

namespace bramble {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace http {
namespace {

using Failure = boost::system::error_code;

constexpr int backlog = 4096;
constexpr std::size_t turned_away_at_once = 256;
constexpr std::size_t turned_away_of_address = 16;
constexpr std::int64_t shortest_tick_ms = 10;
constexpr std::int64_t longest_tick_ms = 500;
constexpr std::int64_t accept_pause_us = 50'000;

std::int64_t steady_ms() {
  auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_start).count();
}

std::int64_t tick_ms(const HttpLimits& limits) {
  return std::clamp<std::int64_t>(std::min(limits.request_ms, limits.idle_ms) / 8, shortest_tick_ms,
                                  longest_tick_ms);
}

IpAddress address_of(const tcp::endpoint& peer) {
  auto address = peer.address();
  return address.is_v4() ? IpAddress::v4(address.to_v4().to_bytes().data())
                         : IpAddress::v6(address.to_v6().to_bytes().data());
}

// Acceptor and ticker. Its coroutines hold it, so it outlives the HttpServer until they have ended.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(asio::any_io_executor executor, std::shared_ptr<ServerState> state)
      : state_(std::move(state)), acceptor_(executor), ticker_(executor) {
    tcp::endpoint endpoint(asio::ip::make_address(state_->listen.address), state_->listen.port);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.set_option(tcp::no_delay(true));  // Linux hands it on to what is accepted
    acceptor_.bind(endpoint);
    acceptor_.listen(backlog);
    read_clock();
  }

  void begin() {
    auto self = shared_from_this();
    asio::co_spawn(acceptor_.get_executor(), accept(), [self](std::exception_ptr) {});
    tick();
  }
  void stop_accepting() {
    Failure ignored;
    acceptor_.close(ignored);
  }
  void stop_ticking() {
    stopped_ = true;
    ticker_.cancel();
  }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  Task<void> accept() {
    while (acceptor_.is_open()) {
      tcp::endpoint peer;
      Failure failure;
      auto socket = co_await acceptor_.async_accept(peer, asio::redirect_error(asio::use_awaitable, failure));
      if (failure == asio::error::operation_aborted || !acceptor_.is_open()) co_return;
      if (!failure) {
        begin_connection(std::move(socket), peer);
      } else if (failure != asio::error::connection_aborted) {
        // Out of descriptors or memory, most likely: others will give some back.
        co_await pause_us(accept_pause_us);
      }
    }
  }

  void begin_connection(tcp::socket socket, const tcp::endpoint& peer) {
    auto& stats = *state_->stats;
    const auto& limits = state_->listen.limits;
    auto address = address_of(peer);
    auto of_address = state_->connections_of(address);
    bool over_address = limits.connections_per_address > 0 && of_address >= limits.connections_per_address;
    bool full = stats.open >= limits.connections - limits.urgent_connections;
    if (full && !over_address && make_room(address)) full = false;
    bool over = over_address || (full && stats.open >= limits.connections);
    ++(over ? stats.turned_away : stats.accepted);
    stats.over_address += over_address ? 1 : 0;
    if (stats.open >= limits.connections + turned_away_at_once) return;
    if (over_address && of_address >= limits.connections_per_address + turned_away_of_address) return;
    auto connection = std::make_shared<Connection>(state_, std::move(socket), address);
    auto life = over ? connection->turn_away() : connection->run(full);
    asio::co_spawn(acceptor_.get_executor(), std::move(life), [connection](std::exception_ptr) {});
  }

  bool make_room(const IpAddress& newcomer) {
    auto* leaver = state_->who_gives_way(newcomer);
    if (leaver == nullptr) return false;
    ++state_->stats->made_room;
    leaver->give_way();
    return true;
  }

  void read_clock() {
    state_->now_ms = steady_ms();
    auto now = std::time(nullptr);
    if (now != dated_) state_->date = http_date(now);
    dated_ = now;
  }

  void tick() {
    if (stopped_) return;
    read_clock();
    for (const auto* some : {&state_->connections, &state_->idle}) {
      for (auto* connection : *some) connection->sweep(state_->now_ms);
    }
    ticker_.expires_after(std::chrono::milliseconds(tick_ms(state_->listen.limits)));
    ticker_.async_wait([self = shared_from_this()](Failure) { self->tick(); });
  }

  std::shared_ptr<ServerState> state_;
  tcp::acceptor acceptor_;
  asio::steady_timer ticker_;
  std::time_t dated_ = 0;
  bool stopped_ = false;
};

class BeastServer : public HttpServer {
 public:
  BeastServer(asio::any_io_executor executor, std::shared_ptr<ServerState> state)
      : executor_(executor),
        state_(std::move(state)),
        listener_(std::make_shared<Listener>(executor, state_)) {
    port_ = listener_->port();
    listener_->begin();
  }

  ~BeastServer() override {
    state_->stopping = true;
    state_->on_empty = {};
    listener_->stop_accepting();
    listener_->stop_ticking();
    for (const auto& connection : snapshot()) connection->abort();
  }

  std::uint16_t port() const override { return port_; }
  std::shared_ptr<const HttpServerStats> stats() const override { return state_->stats; }

  Task<void> stop(Duration patience) override {
    listener_->stop_accepting();
    state_->stopping = true;
    for (const auto& connection : snapshot()) connection->begin_stop();
    auto drained = std::make_shared<asio::steady_timer>(executor_, std::chrono::microseconds(patience.us));
    state_->on_empty = [drained] { drained->cancel(); };
    if (!state_->empty()) {
      Failure ignored;
      co_await drained->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    state_->on_empty = {};
    for (const auto& connection : snapshot()) connection->abort();
    listener_->stop_ticking();
  }

 private:
  // A copy that holds them, because being told to end may make connections leave the list.
  std::vector<std::shared_ptr<Connection>> snapshot() const {
    std::vector<std::shared_ptr<Connection>> all;
    for (const auto* some : {&state_->connections, &state_->idle}) {
      for (auto* connection : *some) all.push_back(connection->shared_from_this());
    }
    return all;
  }

  asio::any_io_executor executor_;
  std::shared_ptr<ServerState> state_;
  std::shared_ptr<Listener> listener_;
  std::uint16_t port_ = 0;
};

}  // namespace
}  // namespace http

std::unique_ptr<HttpServer> listen_http(asio::any_io_executor executor, HttpListen listen,
                                        HttpHandler handler, std::shared_ptr<HttpServerStats> stats) {
  auto state = std::make_shared<http::ServerState>();
  auto place = listen.address + ":" + std::to_string(listen.port);
  if (!listen.tls_certificate_file.empty() || !listen.tls_key_file.empty()) {
    state->tls = std::make_shared<http::TlsContext>(listen.tls_certificate_file, listen.tls_key_file);
  }
  state->listen = std::move(listen);
  state->handler = std::move(handler);
  state->stats = stats ? std::move(stats) : std::make_shared<HttpServerStats>();
  try {
    return std::make_unique<http::BeastServer>(std::move(executor), std::move(state));
  } catch (const boost::system::system_error& failure) {
    throw Error(ErrorCode::internal, "cannot_listen", "Cannot listen on " + place + ": " + failure.what());
  }
}

}  // namespace bramble
