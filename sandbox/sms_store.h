// The phones of the sandbox: what each received, the latest fifty.
#pragma once

#include <optional>
#include <string_view>

#include "ports/database.h"
#include "sandbox/sandbox.api.h"

namespace bramble::sandbox {

constexpr std::int64_t messages_kept = 50;  // of one phone

// The first run of 4 to 8 digits that stands alone: what a person would type. Nothing if there is none.
std::optional<std::string> code_in(std::string_view text);

class SmsStore {
 public:
  // True also for the same message again; false when its id was used for another one.
  static bool add(Tx& tx, const NewSms& message);
  static SmsInbox inbox(Tx& tx, const std::string& phone, std::int64_t limit);
};

}  // namespace bramble::sandbox
