// A browser's session: the same tokens that programs get, kept in cookies that no script can read. An access
// token that has ended is renewed on the way; tabs that ask at once share one renewal, and a tab that comes a
// little later with the old refresh token gets the answer again, so that none of them looks like a thief.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "gateways/edge/csrf.h"
#include "gateways/edge/route.h"
#include "ports/clock.h"
#include "services/auth/auth.api.h"

namespace bramble::edge {

struct BrowserSettings {
  std::string audience;  // "storefront" or "ops"; cookies of one host are shared by all its ports
  std::string public_url;
  std::string csrf_key;
};

class BrowserSession {
 public:
  BrowserSession(const Clock& clock, Random& random, auth::AuthApi& auth, BrowserSettings settings);
  ~BrowserSession();

  std::string access_token(const HttpRequest& request) const;
  bool has_refresh_token(const HttpRequest& request) const;

  // Sets the cookies of one who has just signed in.
  void give(HttpCall& http, const auth::Tokens& tokens) const;
  // What tells this browser from a stranger's at the next sign-in; it outlives the session.
  std::string device(const HttpRequest& request) const;
  void keep_device(HttpCall& http, const std::string& device) const;
  // Takes the session's away again.
  void take_away(HttpCall& http) const;

  // The new tokens for the request's refresh token, given as cookies, too; nothing when it is no good any
  // more, and then the cookies are taken away. Throws what auth throws when it cannot answer.
  Task<std::optional<auth::Tokens>> renew(HttpCall& http);
  // The same after what the tokens say has changed: none that was decided before this call will do.
  Task<std::optional<auth::Tokens>> renew_now(HttpCall& http);

  // Ends the session at auth, and takes the cookies away.
  Task<void> sign_out(HttpCall& http);

  // The token for this browser's forms and for `X-CSRF-Token`; each call masks it anew. Gives the browser its
  // cookie when it has none.
  std::string csrf_token(HttpCall& http) const;
  // Throws Error forbidden "cross_site" or "csrf" when the request was not made by a page of ours, and Error
  // unauthenticated "session_ended" when it was by one whose reader has no session any more. `auth` is the
  // route's: what was made before signing in may do what a stranger may.
  void check_csrf(const HttpCall& http, Auth auth, std::string_view token) const;

  const std::string& public_url() const { return settings_.public_url; }

 private:
  struct Renewal;
  // The cookie's; empty, and the cookies are taken away, when there is none that could be good.
  std::string refresh_token(HttpCall& http) const;
  Task<std::optional<auth::Tokens>> renewed(HttpCall& http, std::string refresh_token);
  void hand_out(HttpCall& http, const std::optional<auth::Tokens>& tokens) const;
  Task<void> ask(Call call, auth::RefreshGrant grant, std::shared_ptr<Renewal> renewal);
  void forget_old();

  const Clock& clock_;
  Random& random_;
  auth::AuthApi& auth_;
  BrowserSettings settings_;
  CsrfTokens csrf_;
  std::string access_name_;
  std::string refresh_name_;
  std::string csrf_name_;
  std::string device_name_;
  std::unordered_map<std::string, std::shared_ptr<Renewal>> renewals_;  // by refresh token
  std::deque<std::pair<Time, std::string>> renewed_;                    // oldest first
};

}  // namespace bramble::edge
