// Staff: an account can be proven to be its owner's, and what belongs to accounts belongs to ones that there
// are.
#include <fmt/format.h>

#include "app/check/audit.h"

namespace bramble::check {
namespace {

constexpr const char* no_password = R"sql(
SELECT login, 'an Argon2id hash', CASE WHEN password_hash = '' THEN 'none' ELSE 'something else' END
  FROM auth.staff WHERE password_hash NOT LIKE '$argon2id$%')sql";

constexpr const char* no_roles = R"sql(
SELECT login, 'roles, and a site for a worker', '"' || roles || '" at ' || COALESCE(site_id, 'no site')
  FROM auth.staff
 WHERE roles = '' OR (site_id IS NULL AND ' ' || roles || ' ' LIKE '% warehouse %'))sql";

constexpr const char* shut_but_open = R"sql(
SELECT f.family_id || ' of ' || COALESCE(s.login, f.user_id), 'ended', 'open'
  FROM auth.family f LEFT JOIN auth.staff s ON s.user_id = f.user_id
 WHERE f.audience = 'ops' AND f.revoked_at IS NULL AND (s.user_id IS NULL OR s.disabled_at IS NOT NULL))sql";

constexpr const char* codes_for_nothing = R"sql(
SELECT c.user_id, 'a second factor', CAST(COUNT(*) AS TEXT) || ' recovery codes alone'
  FROM auth.recovery_code c
 WHERE NOT EXISTS (SELECT 1 FROM auth.totp t WHERE t.user_id = c.user_id AND t.confirmed_at IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM auth.passkey p WHERE p.user_id = c.user_id)
 GROUP BY c.user_id)sql";

Audit owned(const char* table, const char* rule) {
  auto sql = fmt::format("SELECT DISTINCT o.user_id, 'an account', 'none' FROM auth.{} o"
                         " WHERE NOT EXISTS (SELECT 1 FROM auth.staff s WHERE s.user_id = o.user_id)",
                         table);
  return {"I25", std::string("auth.") + table, rule, {"auth"}, sql};
}

}  // namespace

std::vector<Audit> staff_audits() {
  return {
      {"I25", "auth.staff", "a password is kept as a hash", {"auth"}, no_password},
      {"I25", "auth.staff", "an account has roles, a worker a site", {"auth"}, no_roles},
      {"I25", "auth.family", "no session is of an account that is shut or gone", {"auth"}, shut_but_open},
      {"I25", "auth.recovery_code", "recovery codes stand in for a factor", {"auth"}, codes_for_nothing},
      owned("totp", "an app is of an account"),
      owned("passkey", "a passkey is of an account"),
      owned("recovery_code", "recovery codes are of an account"),
      owned("staff_device", "a known browser is of an account"),
  };
}

}  // namespace bramble::check
