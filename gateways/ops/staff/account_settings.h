// The own account of a member of staff: password and second factors.
#pragma once

#include "gateways/edge/browser_session.h"
#include "gateways/edge/route.h"
#include "gateways/ops/services.h"

namespace bramble::ops {

class AccountSettings {
 public:
  AccountSettings(const Services& services, edge::BrowserSession& session)
      : services_(services), session_(session) {}

  Task<Empty> change_password(edge::HttpCall& http, PasswordChange request);
  Task<auth::OwnAccount> own_account(edge::HttpCall& http, Nothing request);
  Task<auth::TotpSecret> begin_totp(edge::HttpCall& http, OwnPassword request);
  Task<auth::RecoveryCodes> confirm_totp(edge::HttpCall& http, auth::TotpProof request);
  Task<auth::PasskeyOffer> begin_passkey(edge::HttpCall& http, OwnPassword request);
  Task<auth::RecoveryCodes> add_passkey(edge::HttpCall& http, auth::NewPasskey request);
  Task<Empty> drop_factor(edge::HttpCall& http, auth::DropFactorRequest request);
  Task<auth::RecoveryCodes> renew_recovery_codes(edge::HttpCall& http, OwnPassword request);

 private:
  Services services_;
  edge::BrowserSession& session_;
};

}  // namespace bramble::ops
