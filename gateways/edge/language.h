// Which of our languages a request is answered in: what the reader chose, else what the browser prefers,
// else Russian.
#pragma once

#include <string_view>

#include "ports/http.h"

namespace bramble::edge {

// The name of the cookie that keeps the reader's choice.
constexpr std::string_view language_cookie = "lang";

bool is_language(std::string_view text);

// "ru" or "en".
std::string_view language_of(const HttpRequest& request);

}  // namespace bramble::edge
