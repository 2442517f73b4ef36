// The reader's preferences, stored in cookies for a year: language, and light or dark theme.
#pragma once

#include "gateways/pages/site.h"

namespace bramble::pages {

// "light", "dark", or "auto": as the system is set.
std::string_view theme_of(const HttpRequest& request);

// Store the choice in a cookie of the answer. False: the value is unknown, and nothing is stored.
bool keep_language(edge::HttpCall& http, std::string_view language);
bool keep_theme(edge::HttpCall& http, std::string_view theme);

// Answer the forms with the fields `language` or `theme`, and `back`. An unknown value changes nothing.
Task<Answer> choose_language(PageRequest& request);
Task<Answer> choose_theme(PageRequest& request);

}  // namespace bramble::pages
