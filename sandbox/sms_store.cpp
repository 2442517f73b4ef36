#include "sandbox/sms_store.h"

namespace bramble::sandbox {

std::optional<std::string> code_in(std::string_view text) {
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    auto end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - at >= 4 && end - at <= 8) return std::string(text.substr(at, end - at));
    at = end;
  }
  return std::nullopt;
}

bool SmsStore::add(Tx& tx, const NewSms& message) {
  auto added = tx.exec("INSERT INTO sms_messages (message_id, phone, text, sent_at) VALUES ($1, $2, $3, $4)"
                       " ON CONFLICT (message_id) DO NOTHING",
                       message.message_id, message.phone, message.text, tx.now());
  if (added == 0) {
    auto rows = tx.query("SELECT phone, text FROM sms_messages WHERE message_id = $1", message.message_id);
    return !rows.empty() && rows.front().get<std::string>(0) == message.phone &&
           rows.front().get<std::string>(1) == message.text;
  }
  tx.send(
      "DELETE FROM sms_messages WHERE phone = $1 AND message_id NOT IN (SELECT message_id FROM sms_messages"
      " WHERE phone = $1 ORDER BY sent_at DESC, message_id DESC LIMIT $2)",
      message.phone, messages_kept);
  return true;
}

SmsInbox SmsStore::inbox(Tx& tx, const std::string& phone, std::int64_t limit) {
  SmsInbox inbox;
  for (auto row : tx.query("SELECT text, sent_at FROM sms_messages WHERE phone = $1"
                           " ORDER BY sent_at DESC, message_id DESC LIMIT $2",
                           phone, limit)) {
    auto text = row.get<std::string>(0);
    auto code = code_in(text);
    inbox.items.push_back({.text = std::move(text), .code = std::move(code), .sent_at = row.get<Time>(1)});
  }
  return inbox;
}

}  // namespace bramble::sandbox
