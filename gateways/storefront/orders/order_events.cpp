#include "gateways/storefront/orders/order_events.h"

#include <charconv>

#include "base/error.h"
#include "gateways/edge/cookies.h"
#include "gateways/edge/language.h"
#include "runtime/json/json.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t wait_ms = 10'000;
constexpr std::int64_t notices_a_read = 100;

std::string event_text(const notifications::Notice& notice) {
  JsonWriter json;
  json.begin_object();
  json.name("order_id");
  json.text(notice.order_id.text());
  json.name("status");
  json.text(notice.status);
  json.name("at");
  json.text(to_rfc3339(notice.at));
  json.name("message");
  json.text(notice.message);
  json.end_object();
  return "event: " + notice.type + "\nid: " + std::to_string(notice.seq) + "\ndata: " + json.take() + "\n\n";
}

std::optional<std::int64_t> last_event_id(const HttpRequest& request) {
  auto text = request.headers.get("Last-Event-ID");
  if (text.empty()) return std::nullopt;
  std::int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure == std::errc::result_out_of_range && text.front() != '-') {
    number = INT64_MAX;
    failure = std::errc();
  }
  if (failure != std::errc() || end != text.data() + text.size() || number < 0) {
    throw_invalid("Last-Event-ID", "malformed", "an id of this stream");
  }
  return number;
}

// A wait for notices. It ends early if the reader disconnects.
struct Wait {
  std::optional<notifications::NoticesReply> reply;
  std::exception_ptr failure;
  Resume resume;

  void wake() {
    if (auto waiting = std::exchange(resume, nullptr)) waiting();
  }
};

Task<void> ask(notifications::NotificationsApi& service, Call call, notifications::NoticesRequest request,
               std::shared_ptr<Wait> wait) {
  try {
    wait->reply = co_await service.notices(std::move(call), std::move(request));
  } catch (...) {
    wait->failure = std::current_exception();
  }
  wait->wake();
}

struct Stream {
  EventSources sources;
  Call call;
  edge::SessionMark session;
  notifications::NoticesRequest request;
  std::shared_ptr<edge::StreamLimits::Place> place;
  bool reset = false;

  bool has_ended() const { return sources.revocations.has_ended(call.caller.id, session); }
  // At most until the token expires.
  std::int64_t next_wait_ms() const {
    return std::clamp<std::int64_t>((session.ends_at - sources.clock.now()).us / 1'000 + 1, 1, wait_ms);
  }
};

// The reader's last event id is ahead of the feed, most likely after a restore from a backup. The reader
// fetches its orders again, and the stream starts from the present.
std::string reset_text(std::int64_t seq) {
  return "event: reset\nid: " + std::to_string(seq) + "\ndata: {}\n\n";
}

// The end of a stream whose place a newer stream of this person has taken. If the browser reconnected at
// once, it would take the place of the next one.
constexpr const char* replaced_text = "retry: 60000\nevent: replaced\ndata: {}\n\n";

// A stream ends with the session, when a newer stream takes its place, or when the reader disconnects. Each
// call has a deadline of its own.
Task<void> run_stream(Stream stream, HttpStream& out) {
  auto closed = std::make_shared<std::weak_ptr<Wait>>();
  auto stop_waiting = [closed] {
    if (auto wait = closed->lock()) wait->wake();
  };
  auto goes_on = [&] { return !out.closed() && !stream.has_ended() && !stream.place->is_taken(); };
  out.on_closed(stop_waiting);
  stream.place->on_taken(stop_waiting);
  auto watch = stream.sources.revocations.watch(stream.call.caller.id, stream.session, stop_waiting);
  co_await out.write(": connected\n\n" + (stream.reset ? reset_text(stream.request.after_seq) : ""));
  while (goes_on()) {
    auto wait = std::make_shared<Wait>();
    *closed = wait;
    stream.request.wait_ms = stream.next_wait_ms();
    stream.call.deadline = stream.sources.clock.now() + milliseconds(wait_ms) + seconds(10);
    spawn(stream.sources.executor, ask(stream.sources.notifications, stream.call, stream.request, wait),
          nullptr);
    co_await suspend([&](Resume resume) {
      wait->resume = std::move(resume);
      if (wait->reply || wait->failure || !goes_on()) wait->wake();
    });
    if (wait->failure) std::rethrow_exception(wait->failure);
    if (!wait->reply) break;
    if (wait->reply->items.empty()) {
      co_await out.write(": still here\n\n");
      continue;
    }
    std::string text;
    for (const auto& notice : wait->reply->items) text += event_text(notice);
    stream.request.after_seq = wait->reply->items.back().seq;
    co_await out.write(std::move(text));
  }
  if (out.closed()) co_return;
  co_await out.write(stream.place->is_taken() ? replaced_text : ": the session has ended\n\n");
}

}  // namespace

Task<HttpResponse> OrderEvents::events(edge::HttpCall& http) {
  auto place = streams_->enter(http);
  notifications::NoticesRequest request;
  request.user_id = UserId(http.call.caller.id);
  request.limit = notices_a_read;
  // Without a preference, notices are in the language of the order.
  const auto& headers = http.request->headers;
  bool has_preference =
      headers.has("Accept-Language") || !edge::own_cookie(*http.request, edge::language_cookie).empty();
  if (has_preference) request.lang = http.call.language;
  auto last = last_event_id(*http.request);
  request.after_seq = -1;
  auto present = (co_await sources_.notifications.notices(http.call, request)).last_seq;
  // Without Last-Event-ID the stream starts from the present; the orders themselves have the past.
  bool is_ahead = last && *last > present;
  request.after_seq = last && !is_ahead ? *last : present;
  Stream stream{sources_, http.call, http.session, request, std::move(place), is_ahead};
  HttpResponse response;
  response.headers.add("Content-Type", "text/event-stream; charset=utf-8");
  response.headers.add("Cache-Control", "no-store");
  response.stream = [stream](HttpStream& out) { return run_stream(stream, out); };
  co_return response;
}

}  // namespace bramble::storefront
