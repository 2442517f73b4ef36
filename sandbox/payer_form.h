// What the payer's form says: application/x-www-form-urlencoded with `code`, `confirm` or `cancel`.
#pragma once

#include <optional>

#include "ports/http.h"
#include "sandbox/bank.h"

namespace bramble::sandbox {

// Nothing if it says neither, is malformed, or says a field twice. Throws Problem 415 for another kind of
// body.
std::optional<PayerAction> read_payer_form(const HttpRequest& request);

}  // namespace bramble::sandbox
