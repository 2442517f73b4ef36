// Checks of generated *.json.cpp files that few contracts need. Each adds its error to the member that is
// wrong; members that are absent or of another type are what json_read.h reports.
#pragma once

#include "runtime/json/json_read.h"

namespace bramble {

// The first of two members must be given if the other is not; empty text counts as not given.
void check_either(JsonValue object, std::string_view one, std::string_view other, JsonErrors& errors);
// A text, or each text of a list, has at least `least` code points.
void check_min_length(JsonValue object, std::string_view name, std::size_t least, JsonErrors& errors);
// A list holds each text at most once.
void check_unique(JsonValue object, std::string_view name, JsonErrors& errors);

}  // namespace bramble
