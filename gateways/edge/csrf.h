// Proof that a request which changes something was sent by a page of ours and not by another site's: where
// browsers say that it came from, and a token that only our pages know. A token says for which browser its
// page was made, by the browser's random cookie, and for whom, so that a planted cookie proves nothing about
// a person.
#pragma once

#include <string>
#include <string_view>

#include "ports/http.h"

namespace bramble::edge {

// For whom the page was made that a token comes from.
enum class MadeFor {
  another_browser,  // or the token is none of ours
  stranger,         // this browser, before or without a sign-in
  this_person,
  another_person,  // whoever was signed in to this browser
};

class CsrfTokens {
 public:
  explicit CsrfTokens(std::string key) : key_(std::move(key)) {}

  // `browser` is the value of the browser's cookie; `person` the id of who is signed in, or empty.
  std::string token(std::string_view browser, std::string_view person) const;
  MadeFor made_for(std::string_view token, std::string_view browser, std::string_view person) const;

 private:
  std::string seal(std::string_view text) const;

  std::string key_;
};

// Whether an absolute address is one of this gateway: of the Host that was asked, or of `public_url`.
bool is_own_address(std::string_view url, const HttpRequest& request, std::string_view public_url);

// Whether a browser could have sent this request from a page of another site: by Sec-Fetch-Site, else by
// Origin, which must be ours. What says neither is not from a browser of our time, and passes: the token
// decides.
bool is_from_elsewhere(const HttpRequest& request, std::string_view public_url);

// Whether the method may change something.
bool is_unsafe(std::string_view method);

}  // namespace bramble::edge
