// Sessions without people: every refresh token is good once, and each answer is numbered.
#pragma once

#include <map>
#include <set>

#include "services/auth/auth.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeAuth final : public auth::AuthApi {
 public:
  Task<auth::Tokens> refresh(Call, auth::RefreshGrant grant) override;
  Task<Empty> revoke(Call, auth::RevokeRequest request) override;
  Task<auth::JwksReply> jwks(Call, auth::JwksRequest) override;
  Task<auth::RevocationsReply> list_revocations(Call, auth::RevocationsRequest request) override;
  Task<auth::Challenge> request_code(Call, auth::RequestCodeRequest) override { not_faked(); }
  Task<auth::Tokens> exchange_code(Call, auth::CodeGrant) override { not_faked(); }
  Task<auth::StaffSignIn> sign_in_staff(Call, auth::PasswordGrant) override { not_faked(); }
  Task<auth::Person> get_person(Call, auth::PersonRequest) override { not_faked(); }
  Task<auth::FindUserReply> find_user(Call, auth::FindUserRequest) override { not_faked(); }
  Task<auth::StaffNamesReply> staff_names(Call, auth::StaffNamesRequest request) override;
  Task<auth::StaffSignIn> prove_second_factor(Call, auth::SecondFactorGrant) override { not_faked(); }
  Task<auth::PasskeyQuestion> ask_for_passkey(Call, auth::PasskeyEntryRequest) override { not_faked(); }
  Task<auth::StaffSignIn> sign_in_by_passkey(Call, auth::PasskeyEntryGrant) override { not_faked(); }
  Task<auth::StaffAccount> reset_staff_factors(Call, auth::StaffRequest) override { not_faked(); }
  Task<auth::OwnAccount> get_own_account(Call, auth::OwnAccountRequest) override { not_faked(); }
  Task<auth::TotpSecret> begin_totp(Call, auth::BeginFactorRequest) override { not_faked(); }
  Task<auth::RecoveryCodes> confirm_totp(Call, auth::TotpProof) override { not_faked(); }
  Task<auth::PasskeyOffer> begin_passkey(Call, auth::BeginFactorRequest) override { not_faked(); }
  Task<auth::RecoveryCodes> add_passkey(Call, auth::NewPasskey) override { not_faked(); }
  Task<Empty> drop_factor(Call, auth::DropFactorRequest) override { not_faked(); }
  Task<auth::RecoveryCodes> renew_recovery_codes(Call, auth::BeginFactorRequest) override { not_faked(); }
  Task<auth::User> put_staff(Call, auth::PutStaffRequest) override { not_faked(); }
  Task<auth::FirstAdminReply> first_admin(Call, auth::FirstAdminRequest) override { not_faked(); }
  Task<Empty> change_password(Call, auth::ChangePasswordRequest) override { not_faked(); }
  Task<auth::ListStaffReply> list_staff(Call, auth::ListStaffRequest) override { not_faked(); }
  Task<auth::HandedPassword> add_staff(Call, auth::AddStaffRequest) override { not_faked(); }
  Task<auth::StaffAccount> set_staff_roles(Call, auth::SetStaffRolesRequest) override { not_faked(); }
  Task<auth::StaffAccount> disable_staff(Call, auth::StaffRequest) override { not_faked(); }
  Task<auth::StaffAccount> enable_staff(Call, auth::StaffRequest) override { not_faked(); }
  Task<auth::HandedPassword> reset_staff_password(Call, auth::StaffRequest) override { not_faked(); }

  Trouble trouble;
  std::map<UserId, std::string> names;  // of staff
  std::set<std::string> good;
  std::vector<auth::Revocation> revocations;  // in their order
  int refreshed = 0;
  bool hold = false;  // a refresh waits until `held` is called
  std::vector<Resume> held;
};

}  // namespace bramble
