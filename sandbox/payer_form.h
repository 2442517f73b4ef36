// Reads the payer's form: application/x-www-form-urlencoded with `code`, `confirm` or `cancel`.
#pragma once

#include <optional>

#include "ports/http.h"
#include "sandbox/bank.h"

namespace bramble::sandbox {

// Nothing if the form has none of them, is malformed, or has a field twice. Throws Problem 415 for another
// media type.
std::optional<PayerAction> read_payer_form(const HttpRequest& request);

}  // namespace bramble::sandbox
