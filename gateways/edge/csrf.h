// Proof that a request which changes something was sent by a page of ours and not by another site's: where
// browsers say that it came from, and a token that only our pages know. The token is signed over a random
// cookie of the browser and the person signed in, so that neither alone and no planted cookie is enough.
#pragma once

#include <string>
#include <string_view>

#include "ports/http.h"

namespace bramble::edge {

class CsrfTokens {
 public:
  explicit CsrfTokens(std::string key) : key_(std::move(key)) {}

  // `browser` is the value of the browser's cookie; `person` the id of who is signed in, or empty.
  std::string token(std::string_view browser, std::string_view person) const;
  bool is_token(std::string_view token, std::string_view browser, std::string_view person) const;

 private:
  std::string key_;
};

// Whether a browser could have sent this request from a page of another site: by Sec-Fetch-Site, else by
// Origin, which must be ours: the Host that was asked, or `public_url`. What says neither is not from a
// browser of our time, and passes: the token decides.
bool is_from_elsewhere(const HttpRequest& request, std::string_view public_url);

// Whether the method may change something.
bool is_unsafe(std::string_view method);

}  // namespace bramble::edge
