// Protection from cross-site requests: browsers say which site sent a request, and a form carries a token
// that only our pages know. A token names the browser for which its page was made, by the browser's random
// cookie, and the person, so that a planted cookie proves nothing about a person.
#pragma once

#include <string>
#include <string_view>

#include "ports/http.h"

namespace bramble::edge {

// For whom the page of a token was made.
enum class MadeFor {
  another_browser,  // or the token is not ours
  stranger,         // this browser, nobody signed in
  this_person,
  another_person,  // this browser, another person signed in
};

class CsrfTokens {
 public:
  explicit CsrfTokens(std::string key) : key_(std::move(key)) {}

  static constexpr std::size_t pad_bytes = 32;

  // `browser` is the value of the browser's cookie. `person` is the id of the person who is signed in, or
  // empty. `pad` is `pad_bytes` random bytes, new for each answer: they mask the token, so that no two
  // answers have the same text and the sizes of compressed pages say nothing about it (BREACH).
  std::string token(std::string_view browser, std::string_view person, std::string_view pad) const;
  MadeFor made_for(std::string_view token, std::string_view browser, std::string_view person) const;

 private:
  std::string seal(std::string_view text) const;
  std::string seals(std::string_view browser, std::string_view person) const;

  std::string key_;
};

// Whether an absolute address belongs to this gateway: to the request's Host or to `public_url`.
bool is_own_address(std::string_view url, const HttpRequest& request, std::string_view public_url);

// Whether a browser sent this request from a page of another site: by Sec-Fetch-Site, else by Origin. A
// request with neither header does not come from a modern browser and passes; the token decides.
bool is_from_elsewhere(const HttpRequest& request, std::string_view public_url);

// Throws Error forbidden "cross_site" if a page of another site makes a browser change something here. It
// covers every route, also those without a session: a guest's cart, sign-in codes, sign-in itself. A bearer
// token passes, because a browser never adds one by itself. Webhooks pass: they carry a signature.
void refuse_cross_site(const HttpRequest& request, std::string_view public_url);

// Whether the method may change something.
bool is_unsafe(std::string_view method);

}  // namespace bramble::edge
