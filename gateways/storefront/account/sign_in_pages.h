// Signing in by a code sent to the phone, and signing out. Between the two steps the browser remembers, in a
// cookie of its own, which codes it waits for.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/services.h"
#include "ports/clock.h"

namespace bramble::storefront {

class SignInPages {
 public:
  // The site must outlive it. `inbox_url` is a page that shows the messages of a phone, for practice; empty:
  // there is none.
  SignInPages(const pages::Site& site, const Services& services, const Clock& clock, std::string inbox_url)
      : site_(site),
        auth_(services.auth),
        cart_(services.cart),
        clock_(clock),
        inbox_url_(std::move(inbox_url)) {}

  // This object must outlive them.
  std::vector<edge::Route> routes();

 private:
  using PageRequest = pages::PageRequest;
  using Answer = pages::Answer;

  Task<Answer> ask_phone(PageRequest& request);
  Task<Answer> send_code(PageRequest& request);
  Task<Answer> ask_code(PageRequest& request);
  Task<Answer> enter(PageRequest& request);
  Task<Answer> leave(PageRequest& request);
  Answer show_phone(PageRequest& request, std::string_view problem, int status);
  Answer show_code(PageRequest& request, std::string_view problem, int status);

  const pages::Site& site_;
  auth::AuthApi& auth_;
  cart::CartApi& cart_;
  const Clock& clock_;
  std::string inbox_url_;
};

}  // namespace bramble::storefront
