// Text out of feeds that were made for web pages: what is marked up as HTML becomes the text that a reader of
// such a page would see.
#pragma once

#include <string>
#include <string_view>

namespace bramble::importing {

// Entities are decoded, tags dropped, scripts and styles with what is in them; blocks and breaks end lines.
// Text without markup stays as it is, also with "<" and "&" in it. Valid UTF-8 in and out.
std::string plain_text(std::string_view text);

}  // namespace bramble::importing
