// The other end of a connection: the peer, or the client that a trusted proxy names; the number of
// connections of each address; and streamed responses, in which each write is a chunk and a client that
// leaves is noticed.
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <charconv>

#include "base/error.h"
#include "engines/http/connection.h"
#include "engines/http/forwarded.h"
#include "engines/http/proxy_header.h"

namespace bramble::http {
namespace asio = boost::asio;

namespace {

using Failure = boost::system::error_code;

constexpr std::size_t first_input = 512;
constexpr std::size_t most_idle_seen = 100;
constexpr std::size_t watch_bytes = 512;

void append_chunk(std::string& out, std::string_view bytes) {
  std::array<char, 16> digits;
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), bytes.size(), 16).ptr;
  out.append(digits.data(), end).append("\r\n").append(bytes).append("\r\n");
}

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

Task<void> Connection::answer_stream(HttpResponse response) {
  close_ = true;
  chunked_ = !reader_.http_1_0();
  auto shape = form(false);
  shape.framing = chunked_ ? Framing::chunked : Framing::until_close;
  append_answer_head(out_, response, shape);
  std::string_view none;
  if (!send_now(none)) co_await send_rest(none);

  phase_ = Phase::streaming;
  ++server_->stats->streams;
  watch_client();
  bool whole = true;
  try {
    co_await response.stream(*this);
  } catch (...) {
    // The client sees a stream without its end. Who made it has said what it had to say in its own log.
    whole = false;
  }
  --server_->stats->streams;
  notify_closed_ = {};
  phase_ = Phase::writing;
  Failure ignored;
  socket_.cancel(ignored);
  if (!whole) broken_ = true;
  if (chunked_) out_ += "0\r\n\r\n";
  if (!send_now(none)) co_await send_rest(none);
}

Task<void> Connection::write(std::string bytes) {
  if (client_gone_ || broken_) throw Error(ErrorCode::unavailable, "client_gone", "The client has left.");
  if (bytes.empty()) co_return;
  if (chunked_) {
    append_chunk(out_, bytes);
  } else {
    out_ += bytes;
  }
  std::string_view none;
  if (!send_now(none)) co_await send_rest(none);
  if (broken_) {
    notify_closed();
    throw Error(ErrorCode::unavailable, "client_gone", "The client has left.");
  }
}

void Connection::on_closed(std::function<void()> notify) {
  notify_closed_ = std::move(notify);
  if (!closed()) return;
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->notify_closed(); });
}

void Connection::notify_closed() {
  if (auto notify = std::exchange(notify_closed_, {})) notify();
}

// What a client sends during a stream is of no interest, but the end of it is.
void Connection::watch_client() {
  if (!watched_) watched_.reset(new char[watch_bytes]);
  auto seen = [self = shared_from_this()](Failure failure, std::size_t count) {
    if (self->phase_ != Phase::streaming) return;
    if (failure == asio::error::operation_aborted && !self->timed_out_ && !self->broken_)
      return self->watch_client();
    if (!failure && self->tls_) failure = self->watch_tls(count) ? Failure() : asio::error::eof;
    if (!failure) return self->watch_client();
    self->client_gone_ = true;
    self->notify_closed();
  };
  socket_.async_read_some(asio::buffer(watched_.get(), watch_bytes), std::move(seen));
}

bool Connection::watch_tls(std::size_t count) {
  bool going_on = tls_->receive({watched_.get(), count}, in_);
  in_.consume(in_.size());
  tls_->take_output(wire_);
  return going_on;
}

}  // namespace bramble::http
