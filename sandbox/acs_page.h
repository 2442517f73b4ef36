// The bank's page for the payer. The server renders it in Russian or English, without scripts, and escapes
// every value.
#pragma once

#include <string>

#include "ports/http.h"
#include "sandbox/acs_texts.h"
#include "sandbox/bank_payment.h"

namespace bramble::sandbox {

// The form or its result, with headers that forbid frames and scripts.
class AcsPage {
 public:
  explicit AcsPage(std::string merchant);

  // Status 400 with `wrong_code`, otherwise 200.
  HttpResponse form(const BankPayment& payment, Language language, bool wrong_code, Time now) const;
  HttpResponse expired(const BankPayment& payment, Language language) const;  // 410
  HttpResponse unknown(Language language) const;                              // 404
  // 303 to the merchant's return page.
  static HttpResponse back(const BankPayment& payment);

 private:
  HttpResponse page(int status, Language language, std::string_view title, std::string_view body,
                    std::string_view form_targets) const;
  std::string facts(const BankPayment& payment, Language language, Time now) const;

  std::string merchant_;  // escaped
};

// The return page with the merchant's payment id added to its query.
std::string return_address(const BankPayment& payment);

}  // namespace bramble::sandbox
