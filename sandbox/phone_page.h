// A page with the text messages that came to a phone number, for people who try the shop.
#pragma once

#include <optional>
#include <string>

#include "ports/http.h"
#include "sandbox/acs_texts.h"
#include "sandbox/sandbox.api.h"

namespace bramble::sandbox {

// The phone number in the query parameter "number"; the text itself if it is no phone number; nothing if it
// is absent.
std::optional<std::string> number_of(const HttpRequest& request);

// The page looks for new messages by itself.
HttpResponse phone_page(const std::string& number, const SmsInbox& inbox, Language language);

}  // namespace bramble::sandbox
