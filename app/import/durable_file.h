// A small file that is replaced whole and durably: after a crash it is as it was or as it should be.
#pragma once

#include <string>

namespace bramble::importing {

// Throws Error unavailable if it cannot be written.
void replace_file(const std::string& path, const std::string& text);
// Its text; empty if it is not there.
std::string read_whole_file(const std::string& path);

}  // namespace bramble::importing
