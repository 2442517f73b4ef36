// Sign-in and sign-out of staff, by programs with tokens and by browsers with cookies; the browser's
// preferences.
#pragma once

#include "gateways/edge/browser_session.h"
#include "gateways/edge/route.h"
#include "gateways/ops/services.h"

namespace bramble::ops {

class StaffSessions {
 public:
  StaffSessions(const Services& services, edge::BrowserSession& session)
      : services_(services), session_(session) {}

  Task<auth::Tokens> issue_tokens(edge::HttpCall& http, StaffTokenRequest request);
  Task<Empty> open_session(edge::HttpCall& http, SignInRequest request);
  Task<Empty> open_session_with_factor(edge::HttpCall& http, SecondFactor request);
  Task<auth::PasskeyQuestion> ask_for_passkey(edge::HttpCall& http, Nothing request);
  Task<Empty> open_session_with_passkey(edge::HttpCall& http, PasskeyEntry request);
  Task<Empty> close_session(edge::HttpCall& http, Nothing request);
  Task<SessionView> session(edge::HttpCall& http, Nothing request);
  Task<Empty> choose_preferences(edge::HttpCall& http, Preferences request);

 private:
  Task<auth::StaffSignIn> sign_in(edge::HttpCall& http, std::string login, std::string password,
                                  bool browser);
  Task<auth::StaffSignIn> prove(edge::HttpCall& http, ChallengeId challenge, std::string code,
                                std::optional<auth::PasskeyAnswer> passkey);

  Services services_;
  edge::BrowserSession& session_;
};

}  // namespace bramble::ops
