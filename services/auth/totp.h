// One-time passwords by time (RFC 6238: SHA-1, six digits, 30 s), as every authenticator app makes them.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"

namespace bramble::auth {

inline constexpr std::size_t totp_secret_bytes = 20;

// The step whose code it is: the present one, the one before or the next, if it is later than `last_step`,
// which was the last that was used.
std::optional<std::int64_t> totp_step_of(const std::string& secret, const std::string& code, Time now,
                                         std::int64_t last_step);
// RFC 4648 § 6 without padding, as apps take it.
std::string to_base32(const std::string& bytes);
// For the QR code.
std::string otpauth_uri(const std::string& issuer, const std::string& login, const std::string& secret);

}  // namespace bramble::auth
