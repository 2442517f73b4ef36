// Opens sessions, signs their tokens and ends them. A session is a family of refresh tokens that grew from
// one sign-in; its access tokens say who it is, for where, and until when.
#pragma once

#include "ports/clock.h"
#include "services/auth/auth_store.h"
#include "services/auth/signing_keys.h"

namespace bramble::auth {

inline constexpr std::string_view staff_audience = "ops";

struct SessionSettings {
  Duration access_life = minutes(15);
  Duration refresh_life = days(30);         // of a buyer's token; each renewal begins it anew
  Duration staff_session_life = hours(12);  // of a working shift, however often its tokens are renewed
};

struct Session {
  UserId user_id;
  std::string family;
  Time began;
  std::string refresh_token;
  Time refresh_ends_at;
  std::string audience;  // "storefront" or "ops"
  std::string roles;     // words separated by spaces
  std::string site;
};

std::vector<std::string> words_in(const std::string& text);

class Sessions {
 public:
  Sessions(SigningKeys keys, const Clock& clock, Random& random, SessionSettings settings)
      : keys_(std::move(keys)),
        clock_(clock),
        random_(random),
        settings_(settings),
        store_(settings_.access_life) {}

  // Begins a family for `user_id` and `audience`, with its first refresh token.
  void open(Tx& tx, Session& session) const;
  // Stores the refresh token of the family as it stands in `session`.
  void add_refresh_token(Tx& tx, const Session& session) const;
  Duration access_life() const { return settings_.access_life; }
  Duration life_of(const Session& session) const;
  // All of somebody's sessions but the one of this family; "" is none.
  void end_others(Tx& tx, const UserId& user, const std::string& family) const;
  // When somebody's session of this family was opened; nothing if it is another's, or has ended.
  std::optional<Time> began(Tx& tx, const std::string& family, const UserId& user) const {
    return store_.began(tx, family, user);
  }
  void end_all(Tx& tx, const UserId& user) const { store_.revoke_user(tx, user); }

  Tokens tokens_of(const Session& session);
  std::vector<Jwk> jwks() { return keys_.jwks(clock_.now()); }

 private:
  SigningKeys keys_;
  const Clock& clock_;
  Random& random_;
  SessionSettings settings_;
  AuthStore store_;
};

}  // namespace bramble::auth
