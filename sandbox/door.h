// Who may read the phones' messages, the report and the faults: everybody on this machine, or, where a token
// is configured, who has it. A program sends it as a bearer's; a browser gets a cookie on the sign-in page,
// which reads and changes nothing.
#pragma once

#include <string>

#include "gateways/edge/route.h"
#include "ports/http.h"
#include "sandbox/acs_texts.h"

namespace bramble::sandbox {

class Door {
 public:
  // An empty token leaves it open.
  explicit Door(std::string token);

  bool has_lock() const { return !token_.empty(); }
  bool lets_in(const HttpRequest& request) const;

  // The sign-in page; with what came of the form: a cookie and the way back, or the page again.
  HttpResponse page(const HttpRequest& request, Language language) const;
  HttpResponse enter(const HttpRequest& request, Language language) const;
  // The way to the page, and from there back to what was asked for.
  HttpResponse show_the_way(const HttpRequest& request) const;

 private:
  HttpResponse form(int status, const std::string& back, Language language) const;

  std::string token_;
  std::string cookie_;  // made of the token, so that who sees the one has not the other
};

}  // namespace bramble::sandbox
