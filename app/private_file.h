// Files with passwords in them: whole or not at all, and for nobody but their owner.
#pragma once

#include <string>

namespace bramble {

// Mode 0600. Throws Error unavailable that names the path.
void write_private_file(const std::string& path, const std::string& text);

}  // namespace bramble
