// A webhook: its body, its signature, and the pauses between delivery attempts.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/bank_payment.h"

namespace bramble::sandbox {

struct Webhook {
  std::string event_id;
  std::string url;
  std::string body;
  std::int64_t attempts = 0;
};

// The JSON that README.md describes.
std::string webhook_body(std::string_view event_id, std::string_view type, Time created_at,
                         const BankPayment& payment);

// The pause after this many failed attempts; nothing after three days.
std::optional<Duration> pause_after(std::int64_t failed_attempts);

// Signs with one secret. Use it from one thread only.
class Signer {
 public:
  explicit Signer(std::string_view secret);
  ~Signer();
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  // "v1=" and the hex HMAC-SHA256 of `<timestamp>.<body>`.
  std::string sign(std::string_view timestamp, std::string_view body);

 private:
  struct Keyed;
  std::unique_ptr<Keyed> keyed_;
};

}  // namespace bramble::sandbox
