#include "bench/load/event_stream.h"

#include "bench/load/connection.h"

namespace bramble::load {
namespace {

constexpr Duration pause_before_reopening = milliseconds(200);
constexpr std::size_t largest_head = 64 * 1024;

}  // namespace

void EventStream::open() {
  if (stopped_) return;
  head_.clear();
  chunks_ = {};
  events_.restart();
  auto extra = authorisation_ + "Accept: text/event-stream\r\n";
  if (!events_.last_id().empty()) extra += "Last-Event-ID: " + events_.last_id() + "\r\n";
  write(request_text("GET", path_, authority(), extra, {}));
}

void EventStream::stop() {
  stopped_ = true;
  open_ = false;
  hang_up();
}

void EventStream::on_bytes(std::string_view bytes) {
  if (!open_) {
    head_.append(bytes);
    auto end = head_.find("\r\n\r\n");
    if (end == std::string::npos) {
      if (head_.size() > largest_head) lose("a head without an end");
      return;
    }
    auto head = parse_head(std::string_view(head_).substr(0, end));
    if (!head || head->status != 200) return lose("status " + std::to_string(head ? head->status : 0));
    open_ = true;
    chunked_ = head->chunked;
    auto rest = head_.substr(end + 4);
    if (rest.empty()) return;
    return on_bytes(rest);
  }
  if (!chunked_) return events_.feed(bytes, visit_);
  body_.clear();
  if (!chunks_.feed(bytes, body_)) return lose("broken chunks");
  events_.feed(body_, visit_);
  if (chunks_.done()) lose("ended by the server");
}

void EventStream::on_closed(std::string_view why) {
  lose(why.empty() ? std::string("closed by the server") : std::string(why));
}

void EventStream::lose(std::string why) {
  open_ = false;
  hang_up();
  if (stopped_) return;
  ++refusals_;
  last_failure_ = std::move(why);
  loop_.after(pause_before_reopening, [this] {
    if (!connected()) open();
  });
}

}  // namespace bramble::load
