// The account's page: who is signed in, and the preferences of this browser.
#pragma once

#include "gateways/pages/site.h"
#include "services/auth/auth.api.h"

namespace bramble::storefront {

class AccountPages {
 public:
  explicit AccountPages(auth::AuthApi& auth) : auth_(auth) {}

  // This object must outlive them.
  std::vector<edge::Route> routes(const pages::Site& site);

 private:
  Task<pages::Answer> show(pages::PageRequest& request);

  auth::AuthApi& auth_;
};

}  // namespace bramble::storefront
