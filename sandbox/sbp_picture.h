// A picture that looks like the QR code of a payment by SBP. It cannot be scanned: in the sandbox the button
// confirms.
#pragma once

#include <string>
#include <string_view>

namespace bramble::sandbox {

// An <svg>. The same payment always has the same picture.
std::string sbp_picture(std::string_view bank_payment_id);

}  // namespace bramble::sandbox
