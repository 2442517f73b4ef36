#include "sandbox/webhook_sender.h"

#include "sandbox/webhook_store.h"

namespace bramble::sandbox {
namespace {

constexpr std::size_t deliveries_at_once = 256;
constexpr std::size_t delayed_at_once = 10'000;  // deliveries delayed by a fault cost little
constexpr std::size_t longest_queue = 10'000;
constexpr std::int64_t due_at_once = 500;
constexpr std::size_t settled_at_once = 500;
constexpr Duration patience = seconds(10);
constexpr Duration settling_pause = milliseconds(20);  // so that many deliveries share one transaction

}  // namespace

WebhookSender::WebhookSender(ModuleHost& host, const WebhookFaults& faults, WebhookKey key)
    : host_(host),
      http_(host.http_client()),
      faults_(faults),
      key_id_(std::move(key.id)),
      signer_(key.secret),
      delivered_(
          host.metrics().counter("bramble_sandbox_webhooks_delivered_total", "Webhooks acknowledged.")),
      failed_(host.metrics().counter("bramble_sandbox_webhooks_failed_total",
                                     "Deliveries refused or unanswered.")),
      dropped_(
          host.metrics().counter("bramble_sandbox_webhooks_dropped_total", "Webhooks lost by a fault.")) {
  host.metrics().gauge("bramble_sandbox_webhooks_waiting", "Webhooks in memory, waiting or under way.",
                       [this] { return static_cast<double>(waiting_.size() + under_way_); });
}

void WebhookSender::offer(Webhook webhook) {
  if (waiting_.size() >= longest_queue) {
    // The store keeps it until there is room.
    auto later = host_.clock().now() + seconds(1);
    return settle(std::move(webhook), later);
  }
  waiting_.push_back(std::move(webhook));
  start_waiting();
}

void WebhookSender::start_waiting() {
  // A delivery may end without a suspension and would call this function recursively.
  if (starting_) return;
  starting_ = true;
  bool delayed = faults_.delay_ms > 0 || faults_.reorder;
  while (!waiting_.empty() && under_way_ < (delayed ? delayed_at_once : deliveries_at_once)) {
    auto webhook = std::move(waiting_.front());
    waiting_.pop_front();
    ++under_way_;
    spawn(host_.executor(), deliver(std::move(webhook)), [this](std::exception_ptr) {
      // A delivery that failed before it settled its webhook is found at the next start.
      --under_way_;
    });
  }
  starting_ = false;
}

Task<void> WebhookSender::deliver(Webhook webhook) {
  auto fate = draw_fault(faults_, host_.random().entropy());
  if (fate.delay.us > 0) co_await pause_us(fate.delay.us);
  bool taken = true;
  if (fate.dropped) {
    dropped_.add();
  } else {
    // The duplicate is a delivery of its own, so the two may race.
    if (fate.doubled) spawn(host_.executor(), post_again(webhook.url, webhook.body), {});
    taken = co_await post(std::move(webhook.url), std::move(webhook.body));
  }
  std::optional<Time> retry_at;
  if (!taken) {
    auto pause = pause_after(++webhook.attempts);
    if (pause) {
      retry_at = host_.clock().now() + *pause;
    } else {
      host_.log().warn("webhook given up", {{"event_id", webhook.event_id}, {"attempts", webhook.attempts}});
    }
  }
  settle(std::move(webhook), retry_at);
  --under_way_;
  start_waiting();
}

Task<bool> WebhookSender::post(std::string url, std::string body) {
  auto timestamp = std::to_string(host_.clock().now().us / 1'000'000);
  HttpClientRequest request{.method = "POST", .url = std::move(url), .timeout = patience};
  request.headers.add("Content-Type", "application/json");
  request.headers.add("X-Bank-Key-Id", key_id_);
  request.headers.add("X-Bank-Signature", signer_.sign(timestamp, body));
  request.headers.add("X-Bank-Timestamp", std::move(timestamp));
  request.body = std::move(body);
  int status = 0;
  try {
    status = (co_await http_.send(std::move(request))).status;
  } catch (const Error& error) {
    // Not connected, cut off or too slow: not acknowledged.
    if (error.code != ErrorCode::unavailable && error.code != ErrorCode::timeout) throw;
  }
  bool taken = status >= 200 && status < 300;
  (taken ? delivered_ : failed_).add();
  co_return taken;
}

Task<void> WebhookSender::post_again(std::string url, std::string body) {
  co_await post(std::move(url), std::move(body));
}

void WebhookSender::settle(Webhook webhook, std::optional<Time> retry_at) {
  settled_.push_back({std::move(webhook), retry_at});
  if (writing_) return;
  writing_ = true;
  spawn(host_.executor(), write_settled(), [this](std::exception_ptr) { writing_ = false; });
}

Task<void> WebhookSender::write_settled() {
  while (!settled_.empty()) {
    co_await pause_us(settling_pause.us);
    auto size = std::min(settled_at_once, settled_.size());
    std::vector<Settled> batch(std::make_move_iterator(settled_.begin()),
                               std::make_move_iterator(settled_.begin() + static_cast<std::ptrdiff_t>(size)));
    settled_.erase(settled_.begin(), settled_.begin() + static_cast<std::ptrdiff_t>(size));
    try {
      co_await write(batch);
    } catch (const Error& error) {
      // A lost outcome only means that the webhook is sent again after the next start.
      host_.log().warn("webhook outcomes not written", {{"error", error.message}});
      settled_.insert(settled_.end(), std::make_move_iterator(batch.begin()),
                      std::make_move_iterator(batch.end()));
    }
  }
  writing_ = false;
}

Task<void> WebhookSender::write(const std::vector<Settled>& batch) {
  auto call = system_call("sandbox", host_.clock().now() + patience);
  co_await host_.database().transact(call, "", [&batch](Tx& tx) {
    for (const auto& settled : batch) {
      if (settled.retry_at) {
        WebhookStore::retry_at(tx, settled.webhook, *settled.retry_at);
      } else {
        WebhookStore::remove(tx, settled.webhook.event_id);
      }
    }
  });
}

Task<void> WebhookSender::recover(Call call) {
  co_await host_.database().transact(call, "", [](Tx& tx) { WebhookStore::adopt_orphans(tx); });
}

Task<void> WebhookSender::send_due(Call call) {
  if (waiting_.size() > longest_queue / 2) co_return;
  auto now = host_.clock().now();
  bool any =
      co_await host_.database().read(call, "", [now](Tx& tx) { return WebhookStore::any_due(tx, now); });
  if (!any) co_return;
  auto due = co_await host_.database().transact(call, "", [now](Tx& tx) {
    return WebhookStore::take_due(tx, now, due_at_once);
  });
  for (auto& webhook : due) offer(std::move(webhook));
}

}  // namespace bramble::sandbox
