#include "engines/http/connection.h"

#include <sys/socket.h>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "engines/http/compression.h"

namespace bramble::http {
namespace asio = boost::asio;

namespace {

using Failure = boost::system::error_code;

constexpr std::size_t usual_input = 4 << 10;
constexpr std::size_t body_input = 32 << 10;
constexpr std::size_t cipher_input = 17 << 10;   // a whole TLS record
constexpr std::size_t joined_body = 16 << 10;    // a larger body is sent from where it lies
constexpr std::size_t corked_output = 64 << 10;  // more is not held back for answers to come
constexpr std::size_t slowest_reader = 10;       // bytes a millisecond
constexpr std::int64_t farewell_ms = 2'000;
constexpr std::size_t farewell_bytes = 16 << 20;

constexpr RequestError too_slow{408, "request_timeout", "The request was not whole in time."};
constexpr RequestError cut_off{408, "request_timeout", "The connection ended before the request was whole."};
constexpr RequestError unreadable{400, "malformed_request", "The request is not valid HTTP."};
constexpr RequestError too_many_streams{503, "too_many_streams", "Too many listen already; try again soon."};
constexpr RequestError too_many{503, "too_many_connections",
                                "Too many connections are open; try again soon."};

}  // namespace

Connection::Connection(std::shared_ptr<ServerState> server, Socket socket, const IpAddress& peer)
    : server_(std::move(server)),
      place_(server_->connections.insert(server_->connections.end(), this)),
      socket_(std::move(socket)),
      reader_(server_->listen.limits) {
  ++server_->stats->open;
  set_peer(peer);
  if (server_->tls) tls_ = std::make_unique<TlsSession>(*server_->tls);
  secure_ = tls_ != nullptr;
}

Connection::~Connection() {
  leave_address();
  (idle_ ? server_->idle : server_->connections).erase(place_);
  --server_->stats->open;
  if (server_->empty() && server_->on_empty) server_->on_empty();
}

void Connection::become_idle(bool idle) {
  if (idle == idle_) return;
  auto& from = idle_ ? server_->idle : server_->connections;
  auto& to = idle ? server_->idle : server_->connections;
  to.splice(to.end(), from, place_);
  idle_ = idle;
}

void Connection::give_way() {
  leaving_ = true;
  if (!idle_) return abort();
  // A request that has just come is still answered.
  become_idle(false);
  timed_out_ = true;
  Failure ignored;
  socket_.cancel(ignored);
}

bool Connection::may_give_way() const {
  return !leaving_ && !urgent_only_ && phase_ != Phase::handling && phase_ != Phase::streaming;
}

bool ServerState::is_urgent(std::string_view path) const {
  return path == "/livez" || path == "/readyz" ||
         (!listen.urgent_path.empty() && path.starts_with(listen.urgent_path));
}

// So that however many listen, there is room to ask.
std::size_t ServerState::most_streams() const {
  return std::max<std::size_t>(1, (listen.limits.connections - listen.limits.urgent_connections) / 2);
}

Task<void> Connection::run(bool urgent_only) {
  urgent_only_ = urgent_only;
  if (!co_await read_proxy_header()) co_return close_now();
  while (!close_ && co_await read_request()) co_await answer();
  co_await close_gently();
}

Task<void> Connection::turn_away() {
  co_await refuse(too_many);
  co_await close_gently();
}

Task<bool> Connection::read_request() {
  const auto& limits = server_->listen.limits;
  bool continued = false;
  reader_.restart();
  phase_ = Phase::waiting;
  auto request_ms = urgent_only_ ? limits.urgent_ms : limits.request_ms;
  set_deadline(served_ ? limits.idle_ms : request_ms);
  for (;;) {
    while (phase_ == Phase::waiting && in_.view().starts_with("\r\n")) in_.consume(2);
    bool half_a_line_end = phase_ == Phase::waiting && in_.view() == "\r";
    if (!in_.empty() && !half_a_line_end) {
      if (phase_ == Phase::waiting) {
        set_deadline(request_ms);
        become_idle(false);
        timed_out_ = leaving_ = false;  // it was over for an idle connection, which this no longer is
      }
      phase_ = Phase::reading;
      in_.consume(reader_.feed(in_.view()));
    }
    if (reader_.state() == ReadState::complete) co_return true;
    bool stuck = in_.size() > limits.header_bytes + limits.url_bytes;
    if (reader_.state() == ReadState::refused || stuck) {
      co_await refuse(stuck ? unreadable : reader_.refusal());
      co_return false;
    }
    if (reader_.expects_continue() && !continued && in_.empty() && reader_.state() == ReadState::body) {
      continued = true;
      out_ += "HTTP/1.1 100 Continue\r\n\r\n";
    }
    std::string_view none;
    if (!send_now(none)) co_await send_rest(none);
    if (server_->stopping && phase_ == Phase::waiting) co_return false;
    become_idle(phase_ == Phase::waiting && served_);
    if (!co_await fill()) break;
  }
  if (phase_ == Phase::reading && !broken_) co_await refuse(ended_ ? cut_off : too_slow);
  co_return false;
}

// Reads what the network has. False: nothing more will come, or the time is over.
Task<bool> Connection::fill() {
  if (timed_out_ || ended_ || broken_) co_return false;
  Failure failure;
  std::size_t count = 0;
  if (tls_) {
    if (!cipher_in_) cipher_in_.reset(new char[cipher_input]);
    count = co_await socket_.async_read_some(asio::buffer(cipher_in_.get(), cipher_input),
                                             asio::redirect_error(asio::use_awaitable, failure));
  } else {
    bool large = reader_.state() == ReadState::body && reader_.body_bytes_announced() > usual_input;
    auto [place, size] = in_.room(large ? body_input : usual_input, SIZE_MAX);
    count = co_await socket_.async_read_some(asio::buffer(place, size),
                                             asio::redirect_error(asio::use_awaitable, failure));
  }
  if (failure && failure != asio::error::operation_aborted) ended_ = true;
  if (failure && failure != asio::error::eof && failure != asio::error::operation_aborted) broken_ = true;
  if (failure) co_return false;
  co_return take_received(count);
}

bool Connection::take_received(std::size_t count) {
  server_->stats->bytes_in += count;
  if (!tls_) {
    in_.commit(count);
    return true;
  }
  bool going_on = tls_->receive({cipher_in_.get(), count}, in_);
  tls_->take_output(wire_);
  if (!going_on) ended_ = true;
  return going_on || !in_.empty();
}

Task<void> Connection::refuse(RequestError refusal) {
  ++server_->stats->refused;
  close_ = true;
  phase_ = Phase::writing;
  timed_out_ = false;
  auto response = refusal_response(refusal);
  append_answer_head(out_, response, form(false));
  std::string_view body = response.body;
  if (!send_now(body)) co_await send_rest(body);
}

AnswerForm Connection::form(bool keep_alive) const {
  return {Framing::length, keep_alive, reader_.http_1_0(), secure_, server_->date};
}

Task<void> Connection::answer() {
  auto request = reader_.take_request();
  if (urgent_only_ && !server_->is_urgent(request.path)) {
    ++server_->stats->turned_away;
    co_return co_await refuse(too_many);
  }
  bool head = request.method == "HEAD";
  if (head) request.method = "GET";
  say_who_asks(request);
  phase_ = Phase::handling;
  deadline_ms_ = 0;
  served_ = true;
  ++server_->stats->requests;
  flush_while_handling();

  HttpResponse response;
  std::exception_ptr failure;
  try {
    response = co_await server_->handler(std::move(request));
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) response = failure_response(failure);
  // A gateway names its answers itself; probes, the admin server and the sandbox do not.
  if (!response.headers.has("X-Request-Id")) response.headers.add("X-Request-Id", random_request_id());
  close_ = !reader_.keep_alive() || server_->stopping || broken_ || urgent_only_;
  if (response.stream && !head && server_->stats->streams >= server_->most_streams())
    response = refusal_response(too_many_streams);
  if (response.stream && !head) co_return co_await answer_stream(std::move(response));

  if (server_->listen.compress) compress(response, reader_.accepts_brotli(), reader_.accepts_gzip());
  phase_ = Phase::writing;
  borrow_output();
  auto shape = form(!close_);
  if (response.stream) shape.framing = Framing::chunked;
  append_answer_head(out_, response, shape);
  std::string_view body = head || !has_body(response.status) ? std::string_view() : response.body;
  if (body.size() <= joined_body) {
    out_.append(body);
    body = {};
  }
  // While a request waits in the buffer its answer can go along with this one.
  bool corked = !close_ && !in_.empty() && body.empty() && out_.size() < corked_output;
  if (!corked && !send_now(body)) co_await send_rest(body);
  in_.shrink(body_input - 1);
}

// What earlier answers left unsent goes out should the handler take its time.
void Connection::flush_while_handling() {
  if (out_.empty() || flush_posted_) return;
  flush_posted_ = true;
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->flush_posted_ = false;
    std::string_view none;
    if (self->phase_ == Phase::handling && !self->sending_) self->send_now(none);
  });
}

bool Connection::send_now(std::string_view& tail) {
  if (tls_ && !broken_) encrypt(tail);
  auto& bytes = tls_ ? wire_ : out_;
  while (!broken_ && (bytes.size() > sent_ || !tail.empty())) {
    std::array<iovec, 2> parts = {
        {{bytes.data() + sent_, bytes.size() - sent_}, {const_cast<char*>(tail.data()), tail.size()}}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = tail.empty() ? 1 : 2;
    auto count = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
    if (count < 0) {
      broken_ = true;
      break;
    }
    auto taken = static_cast<std::size_t>(count);
    server_->stats->bytes_out += taken;
    auto ours = std::min(taken, bytes.size() - sent_);
    sent_ += ours;
    tail.remove_prefix(taken - ours);
  }
  bytes.clear();
  // An idle connection keeps no memory for answers.
  if (bytes.capacity() <= corked_output && bytes.capacity() > server_->spare_output.capacity()) {
    std::swap(bytes, server_->spare_output);
  }
  if (bytes.capacity() > std::string().capacity()) std::string().swap(bytes);
  sent_ = 0;
  tail = {};
  return true;
}

// Sends what the socket did not take at once, unless the client reads too slowly.
Task<void> Connection::send_rest(std::string_view tail) {
  auto left = (tls_ ? wire_ : out_).size() - sent_ + tail.size();
  auto deadline_before = std::exchange(deadline_ms_, 0);
  timed_out_ = false;
  sending_ = true;
  set_deadline(server_->listen.limits.request_ms + static_cast<std::int64_t>(left / slowest_reader));
  while (!send_now(tail)) {
    Failure failure;
    co_await socket_.async_wait(Socket::wait_write, asio::redirect_error(asio::use_awaitable, failure));
    if (failure || timed_out_) broken_ = true;
  }
  deadline_ms_ = deadline_before;
  sending_ = false;
}

void Connection::borrow_output() {
  if (out_.capacity() <= std::string().capacity()) std::swap(out_, server_->spare_output);
}

void Connection::encrypt(std::string_view& tail) {
  if (!tls_->send(out_) || !tls_->send(tail)) broken_ = true;
  out_.clear();
  tail = {};
  tls_->take_output(wire_);
}

Task<void> Connection::close_gently() {
  phase_ = Phase::closing;
  in_ = {};
  if (tls_) tls_->finish();
  std::string_view none;
  if (!send_now(none) && close_) co_await send_rest(none);
  Failure ignored;
  if (close_ && !broken_) {
    // Bytes left unread would make the kernel reset the connection and take the answer from the client.
    socket_.shutdown(Socket::shutdown_send, ignored);
    timed_out_ = false;
    set_deadline(farewell_ms);
    std::array<char, 4096> bytes;
    std::size_t seen = 0;
    while (!ended_ && !timed_out_ && !server_->stopping && seen < farewell_bytes) {
      Failure failure;
      seen += co_await socket_.async_read_some(asio::buffer(bytes),
                                               asio::redirect_error(asio::use_awaitable, failure));
      if (failure && failure != asio::error::operation_aborted) ended_ = true;
    }
  }
  deadline_ms_ = 0;
  socket_.close(ignored);
}

void Connection::close_now() {
  phase_ = Phase::closing;
  deadline_ms_ = 0;
  Failure ignored;
  socket_.close(ignored);
}

void Connection::sweep(std::int64_t now_ms) {
  if (deadline_ms_ == 0 || now_ms < deadline_ms_) return;
  deadline_ms_ = 0;
  timed_out_ = true;
  Failure ignored;
  socket_.cancel(ignored);
}

void Connection::begin_stop() {
  Failure ignored;
  if (phase_ == Phase::waiting || phase_ == Phase::closing) socket_.cancel(ignored);
  if (phase_ == Phase::streaming) notify_closed();
}

void Connection::abort() {
  broken_ = true;
  Failure ignored;
  socket_.close(ignored);
  if (phase_ == Phase::streaming) notify_closed();
}

}  // namespace bramble::http
