// What a fuzz target insists on: anything else ends it, and is a finding.
#pragma once

namespace bramble {

inline void require(bool condition) {
  if (!condition) __builtin_trap();
}

}  // namespace bramble
