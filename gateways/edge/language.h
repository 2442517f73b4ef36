// The language of an answer: the reader's choice, else the browser's preference, else Russian.
#pragma once

#include <string_view>

#include "ports/http.h"

namespace bramble::edge {

// The name of the cookie that stores the reader's choice.
constexpr std::string_view language_cookie = "lang";

bool is_language(std::string_view text);

// "ru" or "en".
std::string_view language_of(const HttpRequest& request);

}  // namespace bramble::edge
