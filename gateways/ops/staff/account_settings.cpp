#include "gateways/ops/staff/account_settings.h"

namespace bramble::ops {

Task<Empty> AccountSettings::change_password(edge::HttpCall& http, PasswordChange request) {
  co_await services_.auth.change_password(http.call,
                                          {request.current_password, request.new_password, http.session.id});
  // The browser's access token may still have the role must_change_password. Programs refresh theirs
  // themselves.
  if (session_.has_refresh_token(*http.request)) co_await session_.renew_now(http);
  co_return Empty{};
}

Task<auth::OwnAccount> AccountSettings::own_account(edge::HttpCall& http, Nothing) {
  co_return co_await services_.auth.get_own_account(http.call, {session_.public_url(), http.session.id});
}

Task<auth::TotpSecret> AccountSettings::begin_totp(edge::HttpCall& http, OwnPassword request) {
  co_return co_await services_.auth.begin_totp(http.call, {request.password, {}, http.session.id});
}

// Renewal gives a limited session its full roles.
Task<auth::RecoveryCodes> AccountSettings::confirm_totp(edge::HttpCall& http, auth::TotpProof request) {
  auto codes = co_await services_.auth.confirm_totp(http.call, std::move(request));
  if (session_.has_refresh_token(*http.request)) co_await session_.renew_now(http);
  co_return codes;
}

Task<auth::PasskeyOffer> AccountSettings::begin_passkey(edge::HttpCall& http, OwnPassword request) {
  co_return co_await services_.auth.begin_passkey(http.call,
                                                  {request.password, session_.public_url(), http.session.id});
}

Task<auth::RecoveryCodes> AccountSettings::add_passkey(edge::HttpCall& http, auth::NewPasskey request) {
  request.origin = session_.public_url();
  auto codes = co_await services_.auth.add_passkey(http.call, std::move(request));
  if (session_.has_refresh_token(*http.request)) co_await session_.renew_now(http);
  co_return codes;
}

Task<Empty> AccountSettings::drop_factor(edge::HttpCall& http, auth::DropFactorRequest request) {
  co_return co_await services_.auth.drop_factor(http.call, std::move(request));
}

Task<auth::RecoveryCodes> AccountSettings::renew_recovery_codes(edge::HttpCall& http, OwnPassword request) {
  co_return co_await services_.auth.renew_recovery_codes(http.call, {request.password, {}, {}});
}

}  // namespace bramble::ops
