// Streamed answers of a connection: each write is a chunk, and the client's leaving is noticed while nothing
// is sent.
#include <boost/asio/post.hpp>

#include <charconv>

#include "base/error.h"
#include "engines/http/connection.h"

namespace bramble::http {
namespace asio = boost::asio;

namespace {

using Failure = boost::system::error_code;

constexpr std::size_t watch_bytes = 512;

void append_chunk(std::string& out, std::string_view bytes) {
  std::array<char, 16> digits;
  auto end = std::to_chars(digits.data(), digits.data() + digits.size(), bytes.size(), 16).ptr;
  out.append(digits.data(), end).append("\r\n").append(bytes).append("\r\n");
}

}  // namespace

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
