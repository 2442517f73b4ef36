// What readers choose for themselves, kept in cookies for a year: the language, and light or dark.
#pragma once

#include "gateways/pages/site.h"

namespace bramble::pages {

// "light", "dark", or "auto": as the system has it.
std::string_view theme_of(const HttpRequest& request);

// Put the choice into a cookie of the answer. False: it is no choice of ours, and nothing was done.
bool keep_language(edge::HttpCall& http, std::string_view language);
bool keep_theme(edge::HttpCall& http, std::string_view theme);

// Answer the forms with fields `language` or `theme`, and `back`. An unknown choice changes nothing.
Task<Answer> choose_language(PageRequest& request);
Task<Answer> choose_theme(PageRequest& request);

}  // namespace bramble::pages
