// Delivers webhooks at once after they are durable, and again with growing pauses until they are
// acknowledged. Each is delivered at least once, in no promised order. Runs only on the sandbox's executor.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "runtime/module.h"
#include "sandbox/faults.h"
#include "sandbox/webhook.h"

namespace bramble::sandbox {

struct WebhookKey {
  std::string id;
  std::string secret;
};

class WebhookSender {
 public:
  // `faults` is read at each delivery and outlives the sender.
  WebhookSender(ModuleHost& host, const WebhookFaults& faults, WebhookKey key);

  // Takes a webhook that is stored already.
  void offer(Webhook webhook);
  // Call it before the first offer: deliveries that an earlier process left unfinished become due.
  Task<void> recover(Call call);
  // Sends the webhooks that are due.
  Task<void> send_due(Call call);

 private:
  struct Settled {
    Webhook webhook;
    std::optional<Time> retry_at;  // nothing: no further attempt
  };

  void start_waiting();
  Task<void> deliver(Webhook webhook);
  Task<bool> post(std::string url, std::string body);
  Task<void> post_again(std::string url, std::string body);
  void settle(Webhook webhook, std::optional<Time> retry_at);
  Task<void> write_settled();
  Task<void> write(const std::vector<Settled>& batch);

  ModuleHost& host_;
  HttpClient& http_;
  const WebhookFaults& faults_;
  std::string key_id_;
  Signer signer_;
  Counter& delivered_;
  Counter& failed_;
  Counter& dropped_;
  std::size_t under_way_ = 0;
  std::deque<Webhook> waiting_;
  std::vector<Settled> settled_;
  bool starting_ = false;
  bool writing_ = false;
};

}  // namespace bramble::sandbox
