#include "bench/load/connection.h"

namespace bramble::load {

void Connection::send(std::string_view request, Done done) {
  done_ = std::move(done);
  began_us_ = Loop::now_us();
  reader_.reset();
  may_be_stale_ = connected();
  if (may_be_stale_) again_.assign(request);
  write(request);
}

void Connection::on_bytes(std::string_view bytes) {
  if (!busy()) {  // an answer that nobody asked for, as a server gives before it closes an idle connection
    hang_up();
    return;
  }
  may_be_stale_ = false;
  switch (reader_.feed(bytes)) {
    case AnswerReader::State::reading: return;
    case AnswerReader::State::done: return complete_read();
    case AnswerReader::State::broken: hang_up(); return complete({.failure = "not an HTTP answer"});
  }
}

void Connection::complete_read() {
  if (reader_.head().close) hang_up();
  complete({reader_.head().status, reader_.head_text(), reader_.body(), {}});
}

void Connection::on_closed(std::string_view why) {
  if (!busy()) return;
  if (may_be_stale_) {
    may_be_stale_ = false;
    reader_.reset();
    write(again_);
    return;
  }
  if (reader_.started() && reader_.finish() == AnswerReader::State::done) return complete_read();
  complete({.failure = why.empty() ? std::string_view("the connection was closed") : why});
}

void Connection::complete(const HttpResponse& answer) {
  auto done = std::move(done_);
  done_ = nullptr;
  done(answer);
}

void Connection::expire(std::int64_t began_before_us) {
  if (!busy() || began_us_ >= began_before_us) return;
  hang_up();
  complete({.failure = "no answer in time"});
}

std::string request_text(std::string_view method, std::string_view path, std::string_view authority,
                         std::string_view extra, std::string_view body, std::string_view content_type) {
  std::string text;
  text.reserve(160 + path.size() + extra.size() + body.size());
  text.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: ").append(authority).append("\r\n");
  text.append(extra);
  if (!body.empty() || (method != "GET" && method != "DELETE")) {
    if (!body.empty()) text.append("Content-Type: ").append(content_type).append("\r\n");
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  text.append("\r\n").append(body);
  return text;
}

}  // namespace bramble::load
