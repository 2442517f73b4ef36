// The story of each request about identity. A code works once and ends after five wrong ones; a refresh token
// works once, and coming again it ends its whole family.
#pragma once

#include "ports/clock.h"
#include "ports/database.h"
#include "services/auth/code_limits.h"
#include "services/auth/staff_factors.h"
#include "services/auth/staff_office.h"
#include "services/notifications/notifications.api.h"

namespace bramble::auth {

struct AuthSettings {
  std::string code_key;                  // of the codes' hashes
  std::string refresh_key;               // of the tokens that follow a refresh token
  Duration refresh_grace = seconds(10);  // in which the same token again is the same device again
  Duration code_life = minutes(5);
  Duration resend_after = seconds(30);  // while an earlier code could still be used
  std::int64_t codes_per_hour = 20;     // per phone
};

class AuthService : public AuthApi {
 public:
  AuthService(Database& database, notifications::NotificationsApi& notifications, Sessions& sessions,
              StaffDesk& desk, StaffOffice& office, StaffFactors& factors, CodeLimits code_limits,
              const Clock& clock, Random& random, AuthSettings settings)
      : database_(database),
        notifications_(notifications),
        sessions_(sessions),
        desk_(desk),
        office_(office),
        factors_(factors),
        code_limits_(std::move(code_limits)),
        clock_(clock),
        random_(random),
        settings_(std::move(settings)),
        store_(sessions_.access_life()) {}

  Task<Challenge> request_code(Call call, RequestCodeRequest request) override;
  Task<Tokens> exchange_code(Call call, CodeGrant request) override;
  Task<Tokens> refresh(Call call, RefreshGrant request) override;
  Task<Empty> revoke(Call call, RevokeRequest request) override;
  Task<RevocationsReply> list_revocations(Call call, RevocationsRequest request) override;
  Task<Person> get_person(Call call, PersonRequest request) override;
  Task<FindUserReply> find_user(Call call, FindUserRequest request) override;
  Task<StaffNamesReply> staff_names(Call call, StaffNamesRequest request) override;
  Task<JwksReply> jwks(Call call, JwksRequest request) override;

  // Of staff.
  Task<StaffSignIn> sign_in_staff(Call call, PasswordGrant request) override {
    return desk_.sign_in(std::move(call), std::move(request));
  }
  Task<Empty> change_password(Call call, ChangePasswordRequest request) override {
    return desk_.change_password(std::move(call), std::move(request));
  }
  Task<StaffSignIn> prove_second_factor(Call call, SecondFactorGrant request) override {
    return factors_.prove(std::move(call), std::move(request));
  }
  Task<PasskeyQuestion> ask_for_passkey(Call call, PasskeyEntryRequest request) override {
    return factors_.ask_for_passkey(std::move(call), std::move(request));
  }
  Task<StaffSignIn> sign_in_by_passkey(Call call, PasskeyEntryGrant request) override {
    return factors_.enter_by_passkey(std::move(call), std::move(request));
  }
  Task<OwnAccount> get_own_account(Call call, OwnAccountRequest request) override {
    return factors_.own_account(std::move(call), std::move(request));
  }
  Task<TotpSecret> begin_totp(Call call, BeginFactorRequest request) override {
    return factors_.begin_totp(std::move(call), std::move(request));
  }
  Task<RecoveryCodes> confirm_totp(Call call, TotpProof request) override {
    return factors_.confirm_totp(std::move(call), std::move(request));
  }
  Task<PasskeyOffer> begin_passkey(Call call, BeginFactorRequest request) override {
    return factors_.begin_passkey(std::move(call), std::move(request));
  }
  Task<RecoveryCodes> add_passkey(Call call, NewPasskey request) override {
    return factors_.add_passkey(std::move(call), std::move(request));
  }
  Task<Empty> drop_factor(Call call, DropFactorRequest request) override {
    return factors_.drop(std::move(call), std::move(request));
  }
  Task<RecoveryCodes> renew_recovery_codes(Call call, BeginFactorRequest request) override {
    return factors_.renew_recovery_codes(std::move(call), std::move(request));
  }
  Task<StaffAccount> reset_staff_factors(Call call, StaffRequest request) override {
    return office_.reset_factors(std::move(call), std::move(request));
  }
  Task<User> put_staff(Call call, PutStaffRequest request) override {
    return office_.put(std::move(call), std::move(request));
  }
  Task<FirstAdminReply> first_admin(Call call, FirstAdminRequest request) override {
    return office_.first_admin(std::move(call), std::move(request));
  }
  Task<ListStaffReply> list_staff(Call call, ListStaffRequest request) override {
    return office_.list(std::move(call), request);
  }
  Task<HandedPassword> add_staff(Call call, AddStaffRequest request) override {
    return office_.add(std::move(call), std::move(request));
  }
  Task<StaffAccount> set_staff_roles(Call call, SetStaffRolesRequest request) override {
    return office_.set_roles(std::move(call), std::move(request));
  }
  Task<StaffAccount> disable_staff(Call call, StaffRequest request) override {
    return office_.disable(std::move(call), std::move(request));
  }
  Task<StaffAccount> enable_staff(Call call, StaffRequest request) override {
    return office_.enable(std::move(call), std::move(request));
  }
  Task<HandedPassword> reset_staff_password(Call call, StaffRequest request) override {
    return office_.reset_password(std::move(call), std::move(request));
  }

  Task<void> drop_old(Call call);

 private:
  enum class Verdict { good, wrong, ended, slowed };

  struct Tried : Session {
    Verdict verdict = Verdict::good;
    std::optional<Refusal> refusal;  // with Verdict::slowed
  };

  struct Asked {
    ChallengeRow challenge;
    std::optional<Refusal> refusal;
  };
  std::optional<Refusal> phone_refusal(Tx& tx, const std::string& phone, const std::string& from) const;
  Asked new_challenge(Tx& tx, const std::string& phone, const std::string& code,
                      const std::string& from) const;
  std::vector<ChallengeRow> open_challenges(Tx& tx, const CodeGrant& grant) const;
  Tried try_code(Tx& tx, const CodeGrant& grant) const;
  Tried try_refresh(Tx& tx, const RefreshGrant& grant) const;
  bool answer_again(Tx& tx, const std::string& token, const RefreshRow& known, Tried& session) const;
  std::string token_after(const std::string& refresh_token) const;
  std::string code_hash(const ChallengeId& challenge, std::string_view code) const;

  Database& database_;
  notifications::NotificationsApi& notifications_;
  Sessions& sessions_;
  StaffDesk& desk_;
  StaffOffice& office_;
  StaffFactors& factors_;
  CodeLimits code_limits_;
  const Clock& clock_;
  Random& random_;
  AuthSettings settings_;
  AuthStore store_;
};

}  // namespace bramble::auth
