// The colours that the demo's goods come in.
#pragma once

#include <span>
#include <string_view>

#include "app/generate/demo_subjects.h"

namespace bramble {

// "wear", "leather", "denim", "bright", "soft", "tech"; "none" has no colours. Throws Error internal for
// others.
std::span<const DemoColour* const> demo_palette(std::string_view word);

}  // namespace bramble
