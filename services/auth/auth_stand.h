// Auth on a database of a test's own, with a phone that keeps its SMS.
#pragma once

#include "auth_schema.h"
#include "services/auth/auth_service.h"
#include "services/auth/token_reader.h"
#include "testing/fakes/fake_notifications.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/fakes/quiet_metrics.h"
#include "testing/service/service_database.h"

namespace bramble::auth {

class AuthStand : public testing::Test {
 public:
  static constexpr const char* phone = "+79990001122";

  Challenge request_code(const std::string& to = phone) {
    return run_sync(auth.request_code(database.call, {to}));
  }
  // The six digits of the last SMS.
  std::string code() const {
    const auto& text = notifications.sent.back().text;
    auto at = text.find_first_of("0123456789");
    return text.substr(at, 6);
  }
  std::string wrong_code() const { return code() == "000000" ? "000001" : "000000"; }
  Tokens sign_in(const std::string& to = phone) {
    auto challenge = request_code(to);
    return run_sync(auth.exchange_code(database.call, {challenge.challenge_id, code()}));
  }
  std::string exchange_failure(const Challenge& challenge, const std::string& with) {
    return failure_of(auth.exchange_code(database.call, {challenge.challenge_id, with})).reason;
  }
  Tokens refresh(const std::string& token, const std::string& audience = "storefront") {
    return run_sync(auth.refresh(database.call, {token, audience}));
  }
  std::string refresh_failure(const std::string& token, const std::string& audience = "storefront") {
    return failure_of(auth.refresh(database.call, {token, audience})).reason;
  }
  void put_staff(const std::string& password, std::vector<std::string> roles = {"warehouse"}) {
    run_sync(auth.put_staff(database.call, {"picker", password, std::move(roles), SiteId("site_moscow")}));
  }
  Task<Tokens> staff_signing_in(std::string password, std::string login = "picker") {
    PasswordGrant grant{login, password, {}, false, {"192.0.2.7", true}, {}};
    auto reply = co_await auth.sign_in_staff(database.call, std::move(grant));
    if (!reply.tokens) throw std::logic_error("a second factor is asked for");
    co_return std::move(*reply.tokens);
  }
  ReadToken read(const Tokens& tokens) {
    auto found = read_token(tokens.access_token, run_sync(auth.jwks(database.call, {})).keys);
    if (!found) throw std::logic_error("no published key has signed the token");
    return std::move(*found);
  }
  AuthSettings settings() const {
    AuthSettings settings;
    settings.code_key = "a key of thirty-two characters..";
    settings.refresh_key = "a key for tokens, thirty-two long";
    return settings;
  }
  StaffSettings staff_settings() const {
    StaffSettings settings;
    settings.place_key = "a key of thirty-two characters..";
    settings.factor_key = "a key for secrets, thirty-two long";
    settings.sandboxed = true;
    settings.cheap_passwords = true;
    return settings;
  }

  ServiceDatabase database{auth_migrations()};
  FakeNotifications notifications;
  QuietLogger log;
  QuietMetrics metrics;
  Sessions sessions{SigningKeys("a seed of thirty-two characters..", days(30)), database.clock,
                    database.random, SessionSettings{}};
  StaffDesk desk{{*database, sessions, database.clock, database.random, log, metrics, staff_settings()}};
  StaffOffice office{desk};
  StaffFactors factors{desk};
  AuthService auth{*database,
                   notifications,
                   sessions,
                   desk,
                   office,
                   factors,
                   CodeLimits(CodeLimitSettings{}, metrics, log),
                   database.clock,
                   database.random,
                   settings()};
};

}  // namespace bramble::auth
