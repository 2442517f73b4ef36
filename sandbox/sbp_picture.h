// A picture that looks like the code of a payment by SBP. Nobody can scan it: in the sandbox the button
// confirms.
#pragma once

#include <string>
#include <string_view>

namespace bramble::sandbox {

// An <svg>, always the same for the same payment.
std::string sbp_picture(std::string_view bank_payment_id);

}  // namespace bramble::sandbox
