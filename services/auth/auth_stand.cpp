#include "services/auth/auth_stand.h"

namespace bramble::auth {

Challenge AuthStand::request_code(const std::string& to) {
  return run_sync(auth.request_code(database.call, {to}));
}

std::string AuthStand::code() const {
  const auto& text = notifications.sent.back().text;
  auto at = text.find_first_of("0123456789");
  return text.substr(at, 6);
}

Tokens AuthStand::sign_in(const std::string& to) {
  auto challenge = request_code(to);
  return run_sync(auth.exchange_code(database.call, {challenge.challenge_id, code()}));
}

std::string AuthStand::exchange_failure(const Challenge& challenge, const std::string& with) {
  return failure_of(auth.exchange_code(database.call, {challenge.challenge_id, with})).reason;
}

Tokens AuthStand::refresh(const std::string& token, const std::string& audience) {
  return run_sync(auth.refresh(database.call, {token, audience}));
}

std::string AuthStand::refresh_failure(const std::string& token, const std::string& audience) {
  return failure_of(auth.refresh(database.call, {token, audience})).reason;
}

void AuthStand::put_staff(const std::string& password, std::vector<std::string> roles) {
  run_sync(auth.put_staff(database.call, {"picker", password, std::move(roles), SiteId("site_moscow")}));
}

Task<Tokens> AuthStand::staff_signing_in(std::string password, std::string login) {
  PasswordGrant grant{login, password, {}, false, {"192.0.2.7", true}, {}};
  auto reply = co_await auth.sign_in_staff(database.call, std::move(grant));
  if (!reply.tokens) throw std::logic_error("a second factor is asked for");
  co_return std::move(*reply.tokens);
}

ReadToken AuthStand::read(const Tokens& tokens) {
  auto found = read_token(tokens.access_token, run_sync(auth.jwks(database.call, {})).keys);
  if (!found) throw std::logic_error("no published key has signed the token");
  return std::move(*found);
}

AuthSettings AuthStand::settings() const {
  AuthSettings settings;
  settings.code_key = "a key of thirty-two characters..";
  settings.refresh_key = "a key for tokens, thirty-two long";
  return settings;
}

StaffSettings AuthStand::staff_settings() const {
  StaffSettings settings;
  settings.place_key = "a key of thirty-two characters..";
  settings.factor_key = "a key for secrets, thirty-two long";
  settings.sandboxed = true;
  settings.cheap_passwords = true;
  return settings;
}

}  // namespace bramble::auth
