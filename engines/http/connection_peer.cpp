// Who a connection is with: the peer itself, or whom a trusted proxy says; and how many each address has.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "engines/http/connection.h"
#include "engines/http/forwarded.h"
#include "engines/http/proxy_header.h"

namespace bramble::http {
namespace asio = boost::asio;

namespace {

using Failure = boost::system::error_code;

constexpr std::size_t first_input = 512;
constexpr std::size_t most_idle_seen = 100;

}  // namespace

void Connection::set_peer(const IpAddress& peer) {
  leave_address();
  peer_ = peer;
  remote_address_ = peer.text();
  peer_is_proxy_ = is_in(server_->listen.proxies.trusted, peer);
  counted_as_ = server_->name_of(peer);
  if (!counted_as_.empty()) ++server_->by_address[counted_as_];
}

void Connection::leave_address() {
  if (counted_as_.empty()) return;
  auto found = server_->by_address.find(counted_as_);
  if (--found->second == 0) server_->by_address.erase(found);
  counted_as_.clear();
}

std::string ServerState::name_of(const IpAddress& peer) const {
  bool counts = listen.limits.connections_per_address > 0 && !is_in(listen.proxies.trusted, peer) &&
                (listen.limit_loopback || !peer.is_loopback());
  return counts ? one_client(peer.text()) : std::string();
}

std::size_t ServerState::connections_of(const std::string& name) const {
  auto found = by_address.find(name);
  return found == by_address.end() ? 0 : found->second;
}

// First of all one of the address that has the most: however few addresses take all there is, whoever comes
// from another gets in. Otherwise who waits longest without asking anything, of those who have more. That
// costs little, however many come to be told that there is no room.
Connection* ServerState::who_gives_way(const IpAddress& newcomer) {
  auto name = name_of(newcomer);
  auto own = connections_of(name);
  bool looks = fair_at_ms != now_ms || own < fair_to;
  const std::pair<const std::string, std::size_t>* most = nullptr;
  for (const auto& one : by_address) {
    if (!looks) break;
    if (most == nullptr || one.second > most->second) most = &one;
  }
  if (most != nullptr && most->second > own + 1) {
    for (const auto* some : {&idle, &connections}) {
      for (auto* one : *some) {
        if (one->counted_as() == most->first && one->may_give_way()) return one;
      }
    }
  }
  if (looks) {
    fair_at_ms = now_ms;
    fair_to = own;
  }
  std::size_t seen = 0;
  for (auto* one : idle) {
    if (++seen > most_idle_seen) break;
    bool has_more = one->counted_as() == name || connections_of(one->counted_as()) > own;
    if (has_more && one->may_give_way()) return one;
  }
  return nullptr;
}

void Connection::say_who_asks(HttpRequest& request) {
  secure_ = tls_ != nullptr;
  request.remote_address = remote_address_;
  if (peer_is_proxy_) {
    auto client = behind_proxy(request.headers, peer_, server_->listen.proxies);
    request.remote_address = client.address.text();
    secure_ = client.secure.value_or(secure_);
  }
  request.secure = secure_;
}

// Only a trusted proxy is listened to; whoever else comes is turned away without a word, since what it speaks
// is not known.
Task<bool> Connection::read_proxy_header() {
  if (!server_->listen.proxies.protocol) co_return true;
  if (!peer_is_proxy_) {
    ++server_->stats->refused;
    co_return false;
  }
  set_deadline(server_->listen.limits.request_ms);
  InputBuffer bytes;
  for (;;) {
    auto header = http::read_proxy_header(bytes.view());
    if (header.state == ProxyHeaderState::malformed) ++server_->stats->refused;
    if (header.state == ProxyHeaderState::malformed || server_->stopping) co_return false;
    if (header.state == ProxyHeaderState::complete) {
      bytes.consume(header.bytes);
      if (header.client) set_peer(*header.client);
      if (server_->connections_of(peer_) > server_->listen.limits.connections_per_address) {
        ++server_->stats->over_address;
        co_return false;
      }
      co_return bytes.empty() || take(bytes.view());
    }
    Failure failure;
    auto [place, size] = bytes.room(first_input, SIZE_MAX);
    auto count = co_await socket_.async_read_some(asio::buffer(place, size),
                                                  asio::redirect_error(asio::use_awaitable, failure));
    if (failure) co_return false;
    bytes.commit(count);
    server_->stats->bytes_in += count;
  }
}

// Bytes that came with the proxy's: the first of the client's.
bool Connection::take(std::string_view bytes) {
  if (!tls_) {
    in_.append(bytes);
    return true;
  }
  bool going_on = tls_->receive(bytes, in_);
  tls_->take_output(wire_);
  return going_on || !in_.empty();
}

}  // namespace bramble::http
