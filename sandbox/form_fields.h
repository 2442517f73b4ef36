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

// Of a body; throws Problem for another media type than a form's, and for one that is too large.
std::optional<FormFields> form_fields(const HttpRequest& request);

}  // namespace bramble::sandbox
