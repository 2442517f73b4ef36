// The story of each request about identity. A code works once and ends after five wrong ones; a refresh token
// works once, and coming again it ends its whole family.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "services/auth/auth_store.h"
#include "services/auth/code_limits.h"
#include "services/auth/signing_keys.h"
#include "services/notifications/notifications.api.h"

namespace bramble::auth {

struct AuthSettings {
  std::string code_key;     // of the codes' hashes
  std::string refresh_key;  // of the tokens that follow a refresh token
  Duration access_life = minutes(15);
  Duration refresh_life = days(30);         // of a buyer's token; each renewal begins it anew
  Duration refresh_grace = seconds(10);     // in which the same token again is the same device again
  Duration staff_session_life = hours(12);  // of a working shift, however often its tokens are renewed
  Duration code_life = minutes(5);
  Duration resend_after = seconds(30);  // while an earlier code could still be used
  std::int64_t codes_per_hour = 20;     // per phone
  Duration lock = minutes(1);           // of a staff account after five wrong passwords
  bool cheap_passwords = false;         // tests only
};

class AuthService : public AuthApi {
 public:
  AuthService(Database& database, notifications::NotificationsApi& notifications, SigningKeys keys,
              CodeLimits code_limits, const Clock& clock, Random& random, AuthSettings settings)
      : database_(database),
        notifications_(notifications),
        keys_(std::move(keys)),
        code_limits_(std::move(code_limits)),
        clock_(clock),
        random_(random),
        settings_(std::move(settings)),
        store_(settings_.access_life) {}

  Task<Challenge> request_code(Call call, RequestCodeRequest request) override;
  Task<Tokens> exchange_code(Call call, CodeGrant request) override;
  Task<Tokens> refresh(Call call, RefreshGrant request) override;
  Task<Tokens> sign_in_staff(Call call, PasswordGrant request) override;
  Task<Empty> revoke(Call call, RevokeRequest request) override;
  Task<RevocationsReply> list_revocations(Call call, RevocationsRequest request) override;
  Task<Person> get_person(Call call, PersonRequest request) override;
  Task<FindUserReply> find_user(Call call, FindUserRequest request) override;
  Task<StaffNamesReply> staff_names(Call call, StaffNamesRequest request) override;
  Task<JwksReply> jwks(Call call, JwksRequest request) override;
  Task<User> put_staff(Call call, PutStaffRequest request) override;

  Task<void> drop_old(Call call);

 private:
  enum class Verdict { good, wrong, ended, locked, slowed };

  struct Session {
    Verdict verdict = Verdict::good;
    std::optional<Refusal> refusal;  // with Verdict::slowed
    UserId user_id;
    std::string family;
    Time began;
    std::string refresh_token;
    Time refresh_ends_at;
    std::string audience;
    std::string roles;
    std::string site;
  };

  struct Asked {
    ChallengeRow challenge;
    std::optional<Refusal> refusal;
  };
  std::optional<Refusal> phone_refusal(Tx& tx, const std::string& phone) const;
  Asked new_challenge(Tx& tx, const std::string& phone, const std::string& code,
                      const std::string& from) const;
  std::vector<ChallengeRow> open_challenges(Tx& tx, const CodeGrant& grant) const;
  Session try_code(Tx& tx, const CodeGrant& grant) const;
  Session try_refresh(Tx& tx, const RefreshGrant& grant) const;
  Duration life_of(const Session& session) const;
  bool answer_again(Tx& tx, const std::string& token, const RefreshRow& known, Session& session) const;
  void open_session(Tx& tx, Session& session) const;
  void add_refresh_token(Tx& tx, Session& session) const;
  std::string token_after(const std::string& refresh_token) const;
  Tokens tokens_of(const Session& session);
  std::string code_hash(const ChallengeId& challenge, std::string_view code) const;

  Database& database_;
  notifications::NotificationsApi& notifications_;
  SigningKeys keys_;
  CodeLimits code_limits_;
  const Clock& clock_;
  Random& random_;
  AuthSettings settings_;
  AuthStore store_;
};

}  // namespace bramble::auth
