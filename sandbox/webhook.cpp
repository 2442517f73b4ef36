#include "sandbox/webhook.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "base/error.h"
#include "base/text.h"
#include "ports/http_problem.h"

namespace bramble::sandbox {
namespace {

void append_text(std::string& json, std::string_view name, std::string_view value) {
  json.append(name);
  append_json_string(json, value);
}

void append_number(std::string& json, std::string_view name, std::int64_t value) {
  json.append(name).append(std::to_string(value));
}

}  // namespace

std::string webhook_body(std::string_view event_id, std::string_view type, Time created_at,
                         const BankPayment& payment) {
  std::string json;
  json.reserve(512);
  append_text(json, "{\"event_id\":", event_id);
  append_text(json, ",\"type\":", type);
  append_text(json, ",\"created_at\":", to_rfc3339(created_at));
  append_text(json, ",\"payment\":{\"bank_payment_id\":", payment.bank_payment_id);
  append_text(json, ",\"payment_id\":", payment.payment_id);
  append_text(json, ",\"order_id\":", payment.order_id);
  append_text(json, ",\"status\":", to_string(payment.status));
  append_number(json, ",\"amount_minor\":", payment.amount_minor);
  append_number(json, ",\"authorised_minor\":", payment.authorised_minor);
  append_number(json, ",\"captured_minor\":", payment.captured_minor);
  append_number(json, ",\"refunded_minor\":", payment.refunded_minor);
  append_text(json, ",\"currency\":", payment.currency);
  json.append(",\"decline_reason\":");
  if (payment.decline_reason.empty()) {
    json.append("null");
  } else {
    append_json_string(json, payment.decline_reason);
  }
  json.append("}}");
  return json;
}

std::optional<Duration> pause_after(std::int64_t failed_attempts) {
  constexpr Duration first_pauses[] = {seconds(1), seconds(5),  seconds(30),
                                       minutes(2), minutes(10), hours(1)};
  constexpr std::int64_t last_attempt = 30;  // 6 quick ones, then 24 times 3 h
  if (failed_attempts >= last_attempt) return std::nullopt;
  auto at = static_cast<std::size_t>(std::max<std::int64_t>(failed_attempts, 1) - 1);
  return at < std::size(first_pauses) ? first_pauses[at] : hours(3);
}

// Creating a MAC costs more than signing a short message, so one MAC is created and started again for each
// message.
struct Signer::Keyed {
  EVP_MAC* mac = nullptr;
  EVP_MAC_CTX* context = nullptr;
  ~Keyed() {
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
  }
};

Signer::Signer(std::string_view secret) : keyed_(std::make_unique<Keyed>()) {
  keyed_->mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  keyed_->context = EVP_MAC_CTX_new(keyed_->mac);
  char digest[] = "SHA256";
  OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                         OSSL_PARAM_construct_end()};
  if (EVP_MAC_init(keyed_->context, reinterpret_cast<const unsigned char*>(secret.data()), secret.size(),
                   params) != 1) {
    throw Error(ErrorCode::internal, "no_hmac", "HMAC-SHA256 could not be set up");
  }
}

Signer::~Signer() = default;

std::string Signer::sign(std::string_view timestamp, std::string_view body) {
  auto* context = keyed_->context;
  auto feed = [context](std::string_view bytes) {
    return EVP_MAC_update(context, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()) == 1;
  };
  unsigned char mac[EVP_MAX_MD_SIZE];
  std::size_t length = 0;
  bool ok = EVP_MAC_init(context, nullptr, 0, nullptr) == 1 && feed(timestamp) && feed(".") && feed(body) &&
            EVP_MAC_final(context, mac, &length, sizeof mac) == 1;
  if (!ok) throw Error(ErrorCode::internal, "no_hmac", "HMAC-SHA256 failed");
  return "v1=" + to_hex({reinterpret_cast<const char*>(mac), length});
}

}  // namespace bramble::sandbox
