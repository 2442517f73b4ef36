#include "services/auth/sessions.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "runtime/json/json.h"

namespace bramble::auth {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::string_view issuer = "bramble";

}  // namespace

std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> words;
  std::size_t from = 0;
  while (from < text.size()) {
    auto to = std::min(text.find(' ', from), text.size());
    if (to > from) words.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

Duration Sessions::life_of(const Session& session) const {
  return session.audience == staff_audience ? settings_.staff_session_life : settings_.refresh_life;
}

void Sessions::open(Tx& tx, Session& session) const {
  session.family = to_hex(random_.bytes(16));
  session.began = tx.now();
  store_.add_family(tx, session.family, session.user_id, session.audience);
  session.refresh_ends_at = tx.now() + life_of(session);
  session.refresh_token = to_base64url(random_.bytes(token_bytes));
  add_refresh_token(tx, session);
}

void Sessions::add_refresh_token(Tx& tx, const Session& session) const {
  store_.add_refresh(tx, sha256_hex(session.refresh_token), session.family, session.refresh_ends_at);
}

void Sessions::end_others(Tx& tx, const UserId& user, const std::string& family) const {
  for (const auto& other : store_.families_of(tx, user)) {
    if (other != family) store_.revoke_family(tx, other);
  }
}

Tokens Sessions::tokens_of(const Session& session) {
  auto now = clock_.now();
  // No token outlives the session it is of.
  auto ends_at = std::min(now + settings_.access_life, session.refresh_ends_at);
  JsonWriter claims;
  auto text = [&](std::string_view name, std::string_view value) {
    claims.name(name);
    claims.text(value);
  };
  auto number = [&](std::string_view name, std::int64_t value) {
    claims.name(name);
    claims.integer(value);
  };
  claims.begin_object();
  text("iss", issuer);
  text("sub", session.user_id.text());
  text("aud", session.audience);
  number("iat", now.us / 1'000'000);
  number("exp", ends_at.us / 1'000'000);
  text("jti", to_hex(random_.bytes(8)));
  text("sid", session.family);
  number("began_us", session.began.us);
  if (!session.roles.empty()) {
    claims.name("roles");
    claims.begin_array();
    for (const auto& role : words_in(session.roles)) claims.text(role);
    claims.end_array();
  }
  if (!session.site.empty()) text("site", session.site);
  claims.end_object();
  return {keys_.sign(claims.take(), now), "Bearer",          (ends_at - now).us / 1'000'000,
          session.refresh_token,          {session.user_id}, (session.refresh_ends_at - now).us / 1'000'000};
}

}  // namespace bramble::auth
