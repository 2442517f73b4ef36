// The messages that each phone received; the latest fifty are stored.
#pragma once

#include <optional>
#include <string_view>

#include "ports/database.h"
#include "sandbox/sandbox.api.h"

namespace bramble::sandbox {

constexpr std::int64_t messages_kept = 50;  // of one phone

// The first separate run of 4 to 8 digits, which is the code. Nothing if there is none.
std::optional<std::string> code_in(std::string_view text);

class SmsStore {
 public:
  // False if the id was used for another message. A repeat of the same message is true.
  static bool add(Tx& tx, const NewSms& message);
  static SmsInbox inbox(Tx& tx, const std::string& phone, std::int64_t limit);
};

}  // namespace bramble::sandbox
