// A webhook as anyone may send it: its body, and the headers that should prove it.
#include "outside/bank/bank_client.h"
#include "outside/bank/webhook_signature.h"

namespace {

std::string next_line(std::string_view& rest) {
  auto end = std::min(rest.find('\n'), rest.size());
  std::string line(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace bramble;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (auto event = outside::read_bank_event(bytes)) {
    bool usable = !event->event_id.empty() && !event->payment.payment_id.empty();
    if (!usable || event->event_id.size() > 128) __builtin_trap();
  }
  static const std::vector<outside::WebhookKey> keys = {{"key-1", "a secret of this fuzzer alone"}};
  auto timestamp = next_line(bytes);
  auto signature = next_line(bytes);
  bool believed = outside::is_authentic(keys, "key-1", timestamp, bytes, signature,
                                        Time{1'790'000'000'000'000}, minutes(5));
  if (believed) __builtin_trap();
  return 0;
}
