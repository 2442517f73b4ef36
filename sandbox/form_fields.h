// The fields of a form, as browsers send them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ports/http.h"

namespace bramble::sandbox {

using FormFields = std::map<std::string, std::string, std::less<>>;

// Nothing if it is malformed or names a field twice.
std::optional<FormFields> fields_of(std::string_view encoded);

// The fields of a body. Throws Problem if the media type is not that of a form, or if the body is too large.
std::optional<FormFields> form_fields(const HttpRequest& request);

}  // namespace bramble::sandbox
