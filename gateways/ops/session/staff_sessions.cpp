#include "gateways/ops/session/staff_sessions.h"

#include "base/error.h"
#include "gateways/edge/csrf.h"
#include "gateways/edge/problem.h"
#include "gateways/edge/rate_limit.h"
#include "gateways/pages/preferences.h"
#include "services/auth/staff.json.h"

namespace bramble::ops {
namespace {

[[noreturn]] void ask_second_factor(const auth::SecondStep& step) {
  auto json = to_json(step);
  throw edge::Problem(401, "second_factor_required", "The password is right; now the second factor.",
                      json.substr(1, json.size() - 2));
}

}  // namespace

// Throws unless the reply has tokens.
Task<auth::StaffSignIn> StaffSessions::sign_in(edge::HttpCall& http, std::string login, std::string password,
                                               bool browser) {
  auth::PasswordGrant grant;
  grant.login = std::move(login);
  grant.password = std::move(password);
  grant.origin = edge::origin_of(http);
  grant.pages = session_.public_url();
  if (browser) grant.device = session_.device(*http.request);
  grant.keep_device = browser;
  auth::StaffSignIn reply;
  try {
    reply = co_await services_.auth.sign_in_staff(http.call, std::move(grant));
  } catch (const Error& error) {
    edge::tell_wait(error, "sign-ins", http.headers);
    throw;
  }
  if (!reply.tokens) ask_second_factor(reply.second_step.value_or(auth::SecondStep{}));
  co_return reply;
}

Task<auth::StaffSignIn> StaffSessions::prove(edge::HttpCall& http, ChallengeId challenge, std::string code,
                                             std::optional<auth::PasskeyAnswer> passkey) {
  try {
    co_return co_await services_.auth.prove_second_factor(
        http.call, {challenge, std::move(code), std::move(passkey), session_.public_url(),
                    http.request->remote_address});
  } catch (const Error& error) {
    edge::tell_wait(error, "sign-ins", http.headers);
    throw;
  }
}

Task<auth::Tokens> StaffSessions::issue_tokens(edge::HttpCall& http, StaffTokenRequest request) {
  if (request.grant_type == "refresh_token")
    co_return co_await services_.auth.refresh(http.call,
                                              {request.refresh_token, "ops", edge::origin_of(http)});
  if (request.grant_type == "second_factor")
    co_return *(co_await prove(http, request.challenge_id, request.code, request.passkey)).tokens;
  co_return *(co_await sign_in(http, request.login, request.password, false)).tokens;
}

Task<Empty> StaffSessions::open_session(edge::HttpCall& http, SignInRequest request) {
  auto signed_in = co_await sign_in(http, request.login, request.password, true);
  session_.give(http, *signed_in.tokens);
  if (!signed_in.device.empty()) session_.keep_device(http, signed_in.device);
  co_return Empty{};
}

Task<Empty> StaffSessions::open_session_with_factor(edge::HttpCall& http, SecondFactor request) {
  auto signed_in =
      co_await prove(http, request.challenge_id, std::move(request.code), std::move(request.passkey));
  session_.give(http, *signed_in.tokens);
  if (!signed_in.device.empty()) session_.keep_device(http, signed_in.device);
  co_return Empty{};
}

Task<auth::PasskeyQuestion> StaffSessions::ask_for_passkey(edge::HttpCall& http, Nothing) {
  co_return co_await services_.auth.ask_for_passkey(http.call, {session_.public_url()});
}

Task<Empty> StaffSessions::open_session_with_passkey(edge::HttpCall& http, PasskeyEntry request) {
  auth::StaffSignIn signed_in;
  try {
    signed_in =
        co_await services_.auth.sign_in_by_passkey(http.call,
                                                   {std::move(request.challenge), std::move(*request.passkey),
                                                    edge::origin_of(http), session_.public_url()});
  } catch (const Error& error) {
    edge::tell_wait(error, "sign-ins", http.headers);
    throw;
  }
  session_.give(http, *signed_in.tokens);
  co_return Empty{};
}

Task<Empty> StaffSessions::close_session(edge::HttpCall& http, Nothing) {
  // If there is a session, RequestGuard has already checked the CSRF token.
  co_await session_.sign_out(http);
  co_return Empty{};
}

Task<SessionView> StaffSessions::session(edge::HttpCall& http, Nothing) {
  const auto& caller = http.call.caller;
  SessionView view;
  view.signed_in = caller.kind == CallerKind::staff;
  if (!view.signed_in) co_return view;
  view.user_id = caller.id;
  view.roles = caller.roles;
  if (!caller.site.empty()) view.site_id = caller.site;
  view.csrf_token = session_.csrf_token(http);
  co_return view;
}

Task<Empty> StaffSessions::choose_preferences(edge::HttpCall& http, Preferences request) {
  if (request.language && !pages::keep_language(http, *request.language)) {
    throw_invalid("language", "not_allowed", "one of ru, en");
  }
  if (request.theme && !pages::keep_theme(http, *request.theme)) {
    throw_invalid("theme", "not_allowed", "one of light, dark, auto");
  }
  co_return Empty{};
}

}  // namespace bramble::ops
