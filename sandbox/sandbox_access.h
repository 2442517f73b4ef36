// Decides who may read the phones' messages, the report and the faults: everybody on this machine, or, where
// a token is configured, its holders. A program sends the token as a bearer token. A browser gets a cookie on
// the sign-in page; the cookie allows reading and no change.
#pragma once

#include <string>

#include "gateways/edge/route.h"
#include "ports/http.h"
#include "sandbox/acs_texts.h"

namespace bramble::sandbox {

class SandboxAccess {
 public:
  // With an empty token everybody is allowed.
  explicit SandboxAccess(std::string token);

  bool needs_token() const { return !token_.empty(); }
  bool allows(const HttpRequest& request) const;

  // The sign-in page, and the answer to its form: a cookie and the redirect back, or the page again.
  HttpResponse page(const HttpRequest& request, Language language) const;
  HttpResponse enter(const HttpRequest& request, Language language) const;
  // To the sign-in page, which leads back to the requested page.
  HttpResponse redirect_to_sign_in(const HttpRequest& request) const;

 private:
  HttpResponse form(int status, const std::string& back, Language language) const;

  std::string token_;
  std::string cookie_;  // derived from the token, which it does not reveal
};

}  // namespace bramble::sandbox
