// Text from outside as the shop keeps it: no control characters, no stray spaces, no longer than is allowed.
#pragma once

#include <string>
#include <string_view>

namespace bramble::importing {

// One line: control characters and runs of spaces become one space, none at either end.
std::string one_line(std::string_view text);
// Several lines: the same within each line; at most one empty line in a row.
std::string many_lines(std::string_view text);
// Cuts to `longest` code points, the last of them "…". Whether it had to.
bool cut(std::string& text, std::size_t longest);

}  // namespace bramble::importing
