// Staff's own accounts, and those of others for an admin.
#include <algorithm>

#include "base/error.h"
#include "gateways/edge/problem.h"
#include "gateways/ops/ops_gateway.h"
#include "services/auth/staff.json.h"

namespace bramble::ops {

namespace {

[[noreturn]] void ask_second_factor(const auth::SecondStep& step) {
  auto json = to_json(step);
  throw edge::Problem(401, "second_factor_required", "The password is right; now the second factor.",
                      json.substr(1, json.size() - 2));
}

}  // namespace

// With tokens, or not at all.
Task<auth::StaffSignIn> OpsGateway::sign_in(edge::HttpCall& http, std::string login, std::string password,
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

Task<auth::StaffSignIn> OpsGateway::prove(edge::HttpCall& http, ChallengeId challenge, std::string code,
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

Task<Empty> OpsGateway::change_password(edge::HttpCall& http, PasswordChange request) {
  co_await services_.auth.change_password(http.call,
                                          {request.current_password, request.new_password, http.session.id});
  // The browser's token may say that the password must be changed; a program asks for a new one by itself.
  if (session_.has_refresh_token(*http.request)) co_await session_.renew_now(http);
  co_return Empty{};
}

Task<void> OpsGateway::check_site(Call call, std::optional<SiteId> site) {
  if (!site) co_return;
  auto sites = (co_await services_.warehouse.list_sites(std::move(call), {})).items;
  bool known = std::any_of(sites.begin(), sites.end(), [&](const auto& one) { return one.site_id == *site; });
  if (!known) throw_invalid("site_id", "unknown_site", "one of the sites");
}

Task<auth::ListStaffReply> OpsGateway::list_staff(edge::HttpCall& http, Nothing) {
  co_return co_await services_.auth.list_staff(http.call, {});
}

Task<auth::HandedPassword> OpsGateway::add_staff(edge::HttpCall& http, auth::AddStaffRequest request) {
  co_await check_site(http.call, request.site_id);
  co_return co_await services_.auth.add_staff(http.call, std::move(request));
}

Task<auth::StaffAccount> OpsGateway::set_staff_roles(edge::HttpCall& http,
                                                     auth::SetStaffRolesRequest request) {
  co_await check_site(http.call, request.site_id);
  co_return co_await services_.auth.set_staff_roles(http.call, std::move(request));
}

Task<auth::StaffAccount> OpsGateway::disable_staff(edge::HttpCall& http, auth::StaffRequest request) {
  co_return co_await services_.auth.disable_staff(http.call, std::move(request));
}

Task<auth::StaffAccount> OpsGateway::enable_staff(edge::HttpCall& http, auth::StaffRequest request) {
  co_return co_await services_.auth.enable_staff(http.call, std::move(request));
}

Task<auth::HandedPassword> OpsGateway::reset_staff_password(edge::HttpCall& http,
                                                            auth::StaffRequest request) {
  co_return co_await services_.auth.reset_staff_password(http.call, std::move(request));
}

Task<auth::StaffAccount> OpsGateway::reset_staff_factors(edge::HttpCall& http, auth::StaffRequest request) {
  co_return co_await services_.auth.reset_staff_factors(http.call, std::move(request));
}

Task<auth::OwnAccount> OpsGateway::own_account(edge::HttpCall& http, Nothing) {
  co_return co_await services_.auth.get_own_account(http.call, {session_.public_url(), http.session.id});
}

Task<auth::TotpSecret> OpsGateway::begin_totp(edge::HttpCall& http, OwnPassword request) {
  co_return co_await services_.auth.begin_totp(http.call, {request.password, {}, http.session.id});
}

// A limited session becomes a whole one as soon as it is renewed.
Task<auth::RecoveryCodes> OpsGateway::confirm_totp(edge::HttpCall& http, auth::TotpProof request) {
  auto codes = co_await services_.auth.confirm_totp(http.call, std::move(request));
  if (session_.has_refresh_token(*http.request)) co_await session_.renew_now(http);
  co_return codes;
}

Task<auth::PasskeyOffer> OpsGateway::begin_passkey(edge::HttpCall& http, OwnPassword request) {
  co_return co_await services_.auth.begin_passkey(http.call,
                                                  {request.password, session_.public_url(), http.session.id});
}

Task<auth::RecoveryCodes> OpsGateway::add_passkey(edge::HttpCall& http, auth::NewPasskey request) {
  request.origin = session_.public_url();
  auto codes = co_await services_.auth.add_passkey(http.call, std::move(request));
  if (session_.has_refresh_token(*http.request)) co_await session_.renew_now(http);
  co_return codes;
}

Task<Empty> OpsGateway::drop_factor(edge::HttpCall& http, auth::DropFactorRequest request) {
  co_return co_await services_.auth.drop_factor(http.call, std::move(request));
}

Task<auth::RecoveryCodes> OpsGateway::renew_recovery_codes(edge::HttpCall& http, OwnPassword request) {
  co_return co_await services_.auth.renew_recovery_codes(http.call, {request.password, {}, {}});
}

}  // namespace bramble::ops
