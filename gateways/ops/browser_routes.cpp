// Staff at a browser: signing in and out by cookie, and what a reader chooses.
#include "base/error.h"
#include "gateways/edge/csrf.h"
#include "gateways/ops/ops_gateway.h"
#include "gateways/pages/preferences.h"

namespace bramble::ops {

void OpsGateway::check_from_here(const edge::HttpCall& http) const {
  if (edge::is_from_elsewhere(*http.request, session_.public_url())) {
    throw Error(ErrorCode::forbidden, "cross_site", "Another site may not send this.");
  }
}

// Who signs somebody in from elsewhere would have them work under another's name.
Task<Empty> OpsGateway::open_session(edge::HttpCall& http, SignInRequest request) {
  check_from_here(http);
  auto signed_in = co_await sign_in(http, request.login, request.password, true);
  session_.give(http, *signed_in.tokens);
  if (!signed_in.device.empty()) session_.keep_device(http, signed_in.device);
  co_return Empty{};
}

Task<Empty> OpsGateway::open_session_with_factor(edge::HttpCall& http, SecondFactor request) {
  check_from_here(http);
  auto signed_in =
      co_await prove(http, request.challenge_id, std::move(request.code), std::move(request.passkey));
  session_.give(http, *signed_in.tokens);
  if (!signed_in.device.empty()) session_.keep_device(http, signed_in.device);
  co_return Empty{};
}

Task<auth::PasskeyQuestion> OpsGateway::ask_for_passkey(edge::HttpCall& http, Nothing) {
  check_from_here(http);
  co_return co_await services_.auth.ask_for_passkey(http.call, {session_.public_url()});
}

Task<Empty> OpsGateway::open_session_with_passkey(edge::HttpCall& http, PasskeyEntry request) {
  check_from_here(http);
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

Task<Empty> OpsGateway::close_session(edge::HttpCall& http, Nothing) {
  // With a session, its CSRF token was checked on the way in.
  check_from_here(http);
  co_await session_.sign_out(http);
  co_return Empty{};
}

Task<SessionView> OpsGateway::session(edge::HttpCall& http, Nothing) {
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

Task<Empty> OpsGateway::choose_preferences(edge::HttpCall& http, Preferences request) {
  if (request.language && !pages::keep_language(http, *request.language)) {
    throw_invalid("language", "not_allowed", "one of ru, en");
  }
  if (request.theme && !pages::keep_theme(http, *request.theme)) {
    throw_invalid("theme", "not_allowed", "one of light, dark, auto");
  }
  co_return Empty{};
}

}  // namespace bramble::ops
