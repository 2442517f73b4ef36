// The client of the SMS provider whose protocol sandbox/README.md describes.
#pragma once

#include "ports/http.h"
#include "services/notifications/sms.h"

namespace bramble::outside {

struct SmsSettings {
  std::string base_url;  // "http://127.0.0.1:8090"; messages go to POST /sms/v1/messages
  std::string api_key;
  Duration patience = seconds(5);
};

class SmsClient final : public notifications::SmsProvider {
 public:
  SmsClient(HttpClient& http, SmsSettings settings) : http_(http), settings_(std::move(settings)) {}

  Task<void> send(notifications::Sms message) override;

 private:
  HttpClient& http_;
  SmsSettings settings_;
};

}  // namespace bramble::outside
