// The bank's page for the payer, rendered whole on the server: Russian or English, without scripts,
// everything escaped.
#pragma once

#include <string>

#include "ports/http.h"
#include "sandbox/acs_texts.h"
#include "sandbox/bank_payment.h"

namespace bramble::sandbox {

// The form, or what became of it, with the headers that keep it from being framed or scripted.
class AcsPage {
 public:
  explicit AcsPage(std::string merchant);

  // `wrong_code`: the answer to a wrong code, status 400; otherwise 200.
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
