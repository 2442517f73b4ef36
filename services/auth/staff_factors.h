// Second factors of staff: proving one at the sign-in, and keeping one's own; and signing in with a passkey
// alone. A code or an authenticator's answer works once.
#pragma once

#include "services/auth/staff_desk.h"

namespace bramble::auth {

class StaffFactors {
 public:
  explicit StaffFactors(StaffDesk& desk);

  Task<StaffSignIn> prove(Call call, SecondFactorGrant grant);
  Task<PasskeyQuestion> ask_for_passkey(Call call, PasskeyEntryRequest request);
  Task<StaffSignIn> enter_by_passkey(Call call, PasskeyEntryGrant grant);
  Task<OwnAccount> own_account(Call call, OwnAccountRequest request);
  Task<TotpSecret> begin_totp(Call call, BeginFactorRequest request);
  Task<RecoveryCodes> confirm_totp(Call call, TotpProof request);
  Task<PasskeyOffer> begin_passkey(Call call, BeginFactorRequest request);
  Task<RecoveryCodes> add_passkey(Call call, NewPasskey request);
  Task<Empty> drop(Call call, DropFactorRequest request);
  Task<RecoveryCodes> renew_recovery_codes(Call call, BeginFactorRequest request);

 private:
  enum class Verdict { good, wrong, ended };
  struct Proven {
    Verdict verdict = Verdict::ended;
    std::optional<Time> free_at;
    std::optional<Session> session;
    std::string device;
    bool recovery_code = false;
  };

  std::optional<Time> end_of(const std::string& challenge) const;
  Proven try_entry(Tx& tx, const RelyingParty& party, const PasskeyEntryGrant& grant, Time ends_at) const;
  std::optional<StaffRow> owner_of(Tx& tx, const RelyingParty& party, const PasskeyEntryGrant& grant) const;
  StaffRow own(Tx& tx, const Call& call) const;
  bool takes_password(Tx& tx, const StaffRow& staff, const std::string& session) const;
  Task<StaffRow> confirm(Call call, BeginFactorRequest request);
  Proven try_proof(Tx& tx, const SecondFactorGrant& grant) const;
  bool is_proven(Tx& tx, const ProofRow& proof, const SecondFactorGrant& grant, Proven& proven) const;
  bool is_totp(Tx& tx, const UserId& user, const std::string& code) const;
  bool is_passkey(Tx& tx, const ProofRow& proof, const PasskeyAnswer& answer,
                  const std::string& origin) const;
  std::string recovery_hash(const UserId& user, const std::string& code) const;
  // The first ones of an account that has none yet.
  RecoveryCodes first_codes(Tx& tx, const UserId& user) const;
  RecoveryCodes make_codes(Tx& tx, const UserId& user) const;
  void note(Tx& tx, const StaffRow& staff, std::string what) const;

  StaffDesk& desk_;
  const StaffParts& parts_;
  Sealer sealer_;
  StaffStore store_;
  FactorStore factors_;
  Attempts attempts_;
  Counter& wrong_;
};

}  // namespace bramble::auth
