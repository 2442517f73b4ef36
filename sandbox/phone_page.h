// The phone of whoever tries the shop: a page with the text messages that came to a number.
#pragma once

#include <optional>
#include <string>

#include "ports/http.h"
#include "sandbox/acs_texts.h"
#include "sandbox/sandbox.api.h"

namespace bramble::sandbox {

// "number" of the query: the phone that it is, or else what was typed; nothing if there is none.
std::optional<std::string> number_of(const HttpRequest& request);

// Looks for news by itself.
HttpResponse phone_page(const std::string& number, const SmsInbox& inbox, Language language);

}  // namespace bramble::sandbox
