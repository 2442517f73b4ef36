// Accounts of staff that are sound, and changes that each make one of them wrong.
#include "app/check/planted_test.h"

namespace bramble::check {

const char* const sound_staff = R"sql(
INSERT INTO auth.staff (user_id, login, password_hash, roles, site_id, disabled_at, demo, created_at) VALUES
  ('usr_boss', 'boss', '$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA', 'admin support', NULL, NULL, 0, 10),
  ('usr_ivan', 'ivan', '$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA', 'warehouse', 'site_1', NULL, 1, 10),
  ('usr_left', 'left', '$argon2id$v=19$m=65536,t=2,p=1$c2FsdA$aGFzaA', 'support', NULL, 90, 0, 10);
INSERT INTO auth.family (family_id, user_id, audience, created_at, revoked_at) VALUES
  ('f_boss', 'usr_boss', 'ops', 20, NULL), ('f_left', 'usr_left', 'ops', 20, 90),
  ('f_buyer', 'usr_1', 'storefront', 20, NULL);
INSERT INTO auth.totp (user_id, sealed_secret, confirmed_at, last_step) VALUES
  ('usr_boss', 'sealed', 30, 1), ('usr_ivan', 'sealed', NULL, 0);
INSERT INTO auth.passkey (credential_id, user_id, name, algorithm, public_key, sign_count, created_at, used_at) VALUES
  ('cred_1', 'usr_left', 'laptop', -7, 'key', 1, 30, NULL);
INSERT INTO auth.recovery_code (user_id, code_hash) VALUES ('usr_boss', 'h1'), ('usr_boss', 'h2'), ('usr_left', 'h3');
INSERT INTO auth.staff_device (device_hash, user_id, expires_at) VALUES ('d1', 'usr_boss', 1000);
)sql";

std::vector<Plant> staff_plants() {
  return {
      {"I25_AnAdminHasNoPassword", "I25", "auth.staff", "A password is kept as a hash.",
       "UPDATE auth.staff SET password_hash = '' WHERE login = 'boss'"},
      {"I25_APasswordIsKeptAsItIs", "I25", "auth.staff", "A password is kept as a hash.",
       "UPDATE auth.staff SET password_hash = 'in the clear' WHERE login = 'ivan'"},
      {"I25_AnAccountHasNoRole", "I25", "auth.staff", "An account has roles, and a worker has a site.",
       "UPDATE auth.staff SET roles = '' WHERE login = 'boss'"},
      {"I25_AWorkerBelongsNowhere", "I25", "auth.staff", "An account has roles, and a worker has a site.",
       "UPDATE auth.staff SET site_id = NULL WHERE login = 'ivan'"},
      {"I25_TwoLoginsDifferByCaseAlone", "I25", "auth.staff",
       "No two open accounts have logins that differ by case alone.",
       "UPDATE auth.staff SET login = 'Boss' WHERE login = 'ivan'"},
      {"I25_AShutAccountIsSignedIn", "I25", "auth.family",
       "No session belongs to an account that is shut or gone.",
       "UPDATE auth.family SET revoked_at = NULL WHERE family_id = 'f_left'"},
      {"I25_SomebodyUnknownIsSignedIn", "I25", "auth.family",
       "No session belongs to an account that is shut or gone.",
       "UPDATE auth.family SET user_id = 'usr_nobody' WHERE family_id = 'f_boss'"},
      {"I25_RecoveryCodesStandInForNothing", "I25", "auth.recovery_code",
       "Recovery codes stand in for a second factor.",
       "INSERT INTO auth.recovery_code (user_id, code_hash) VALUES ('usr_ivan', 'h4')"},
      {"I25_RecoveryCodesAreNobodys", "I25", "auth.recovery_code", "Recovery codes belong to an account.",
       "UPDATE auth.recovery_code SET user_id = 'usr_nobody' WHERE code_hash = 'h1'"},
      {"I25_AnAppIsNobodys", "I25", "auth.totp", "An authenticator app belongs to an account.",
       "UPDATE auth.totp SET user_id = 'usr_nobody' WHERE user_id = 'usr_ivan'"},
      {"I25_APasskeyIsNobodys", "I25", "auth.passkey", "A passkey belongs to an account.",
       "UPDATE auth.passkey SET user_id = 'usr_nobody'"},
      {"I25_AKnownBrowserIsNobodys", "I25", "auth.staff_device", "A known browser belongs to an account.",
       "UPDATE auth.staff_device SET user_id = 'usr_nobody'"},
  };
}

}  // namespace bramble::check
