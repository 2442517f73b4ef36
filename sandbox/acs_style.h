// The stylesheet of the bank's page. Its path contains a digest of its content, so it may be cached for ever.
#pragma once

#include <string>
#include <string_view>

namespace bramble::sandbox {

std::string_view acs_style();
// "/acs-style/4be1….css"
const std::string& acs_style_path();

}  // namespace bramble::sandbox
