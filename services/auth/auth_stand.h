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

  Challenge request_code(const std::string& to = phone);
  // The six digits of the last SMS.
  std::string code() const;
  std::string wrong_code() const { return code() == "000000" ? "000001" : "000000"; }
  Tokens sign_in(const std::string& to = phone);
  std::string exchange_failure(const Challenge& challenge, const std::string& with);
  Tokens refresh(const std::string& token, const std::string& audience = "storefront");
  std::string refresh_failure(const std::string& token, const std::string& audience = "storefront");
  void put_staff(const std::string& password, std::vector<std::string> roles = {"warehouse"});
  Task<Tokens> staff_signing_in(std::string password, std::string login = "picker");
  ReadToken read(const Tokens& tokens);
  AuthSettings settings() const;
  StaffSettings staff_settings() const;

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
