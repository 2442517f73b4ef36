#include "outside/sms/sms_client.h"

#include "base/error.h"
#include "runtime/json/json.h"

namespace bramble::outside {

Task<void> SmsClient::send(notifications::Sms message) {
  JsonWriter json;
  json.begin_object();
  json.name("message_id");
  json.text(message.idempotency_key);
  json.name("phone");
  json.text(message.phone);
  json.name("text");
  json.text(message.text);
  json.end_object();
  HttpClientRequest request;
  request.method = "POST";
  request.url = settings_.base_url + "/sms/v1/messages";
  request.headers.add("Content-Type", "application/json");
  request.headers.add("Authorization", "Bearer " + settings_.api_key);
  request.body = json.take();
  request.timeout = settings_.patience;
  auto response = co_await http_.send(std::move(request));
  if (response.status >= 300) {
    throw Error(ErrorCode::unavailable, "sms_failed",
                "the SMS provider answered " + std::to_string(response.status));
  }
}

}  // namespace bramble::outside
