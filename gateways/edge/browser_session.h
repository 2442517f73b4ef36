// A browser's session: the tokens that programs get, stored in cookies that scripts cannot read. An expired
// access token is renewed on the way. Requests that renew at the same moment share one renewal, and one that
// comes a little later with the old refresh token gets the same answer, so that none looks like a stolen
// token.
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

  // Sets the session's cookies.
  void give(HttpCall& http, const auth::Tokens& tokens) const;
  // The token by which the next sign-in recognises this browser; it outlives the session.
  std::string device(const HttpRequest& request) const;
  void keep_device(HttpCall& http, const std::string& device) const;
  // Deletes the session's cookies.
  void take_away(HttpCall& http) const;

  // Exchanges the refresh token for new tokens and sets them as cookies. If the refresh token has ended, it
  // deletes the cookies and returns nothing. Throws what auth throws when it cannot answer.
  Task<std::optional<auth::Tokens>> renew(HttpCall& http);
  // The same after the account has changed: does not reuse an answer that is older than this call.
  Task<std::optional<auth::Tokens>> renew_now(HttpCall& http);

  // Ends the session at auth and deletes the cookies.
  Task<void> sign_out(HttpCall& http);

  // The token for this browser's forms and for `X-CSRF-Token`; each call masks it anew. Gives the browser its
  // cookie when it has none.
  std::string csrf_token(HttpCall& http) const;
  // Throws Error forbidden "cross_site" or "csrf" if the request does not come from our own page, and Error
  // unauthenticated "session_ended" if the session of the page's reader has ended. `auth` is the route's: a
  // page made before sign-in may do what a guest may.
  void check_csrf(const HttpCall& http, Auth auth, std::string_view token) const;

  const std::string& public_url() const { return settings_.public_url; }

 private:
  struct Renewal;
  // The cookie's value. Deletes the cookies and returns an empty text if it cannot be a token.
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
