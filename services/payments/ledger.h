// Which accounts change at which event: pure rules of double entry. Debits are positive, credits negative;
// the postings of an entry always sum to zero.
#pragma once

#include <string>
#include <vector>

#include "services/payments/payments.api.h"

namespace bramble::payments {

std::string psp_account(std::string_view provider);
std::string buyer_account(const OrderId& order);
inline constexpr std::string_view late_account = "suspense:late_payment";
inline constexpr std::string_view recon_account = "suspense:recon";

// Captured money goes to the buyer's account, late money to suspense. A difference from the requested amount
// goes to suspense:recon.
std::vector<Posting> capture_postings(std::string_view provider, const OrderId& order,
                                      std::int64_t captured_minor, std::int64_t expected_minor, bool late);
// The order has accepted late money.
std::vector<Posting> accept_late_postings(const OrderId& order, std::int64_t amount_minor);
std::vector<Posting> refund_postings(std::string_view provider, const OrderId& order,
                                     std::int64_t amount_minor, bool late);

// Throws Error internal unless the postings sum to zero and none is zero.
void check_balanced(const std::vector<Posting>& postings);

}  // namespace bramble::payments
