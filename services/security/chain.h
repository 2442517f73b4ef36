// The hash that chains an entry of the security log to the one before: SHA-256, so that nobody changes, drops
// or moves an entry without changing every one after it.
#pragma once

#include <string>

#include "services/security/security.api.h"

namespace bramble::security {

// Of all fields but `hash`, in lower-case hexadecimal.
std::string hash_of(const Entry& entry);

}  // namespace bramble::security
