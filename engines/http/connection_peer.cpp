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

}  // namespace

void Connection::set_peer(const IpAddress& peer) {
  leave_address();
  peer_ = peer;
  remote_address_ = peer.text();
  peer_is_proxy_ = is_in(server_->listen.proxies.trusted, peer);
  if (!server_->counts(peer)) return;
  counted_as_ = one_client(remote_address_);
  ++server_->by_address[counted_as_];
}

void Connection::leave_address() {
  if (counted_as_.empty()) return;
  auto found = server_->by_address.find(counted_as_);
  if (--found->second == 0) server_->by_address.erase(found);
  counted_as_.clear();
}

bool ServerState::counts(const IpAddress& peer) const {
  if (listen.limits.connections_per_address == 0 || is_in(listen.proxies.trusted, peer)) return false;
  return listen.limit_loopback || !peer.is_loopback();
}

std::size_t ServerState::connections_of(const IpAddress& peer) const {
  if (!counts(peer)) return 0;
  auto found = by_address.find(one_client(peer.text()));
  return found == by_address.end() ? 0 : found->second;
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
