#include "gateways/edge/browser_session.h"

#include "base/error.h"
#include "base/text.h"
#include "gateways/edge/cookies.h"
#include "gateways/edge/rate_limit.h"

namespace bramble::edge {
namespace {

constexpr Duration remembered = seconds(30);
constexpr std::size_t most_remembered = 50'000;
constexpr std::size_t longest_refresh_token = 512;
constexpr int most_steps = 100;  // remembered renewals of one session
constexpr std::size_t browser_bytes = 16;
constexpr Duration browser_life = days(365);  // longer than any page is kept open

bool is_browser(std::string_view text) {
  return text.size() == 2 * browser_bytes &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

struct BrowserSession::Renewal {
  bool done = false;
  std::optional<auth::Tokens> tokens;
  std::exception_ptr failure;
  std::vector<Resume> waiting;
};

BrowserSession::BrowserSession(const Clock& clock, Random& random, auth::AuthApi& auth,
                               BrowserSettings settings)
    : clock_(clock), random_(random), auth_(auth), settings_(std::move(settings)), csrf_(settings_.csrf_key) {
  std::string prefix = settings_.audience == "storefront" ? "" : settings_.audience + "_";
  access_name_ = prefix + "access";
  refresh_name_ = prefix + "refresh";
  csrf_name_ = prefix + "csrf";
  device_name_ = prefix + "device";
}

BrowserSession::~BrowserSession() = default;

std::string BrowserSession::access_token(const HttpRequest& request) const {
  return std::string(own_cookie(request, access_name_));
}

bool BrowserSession::has_refresh_token(const HttpRequest& request) const {
  return !own_cookie(request, refresh_name_).empty();
}

void BrowserSession::give(HttpCall& http, const auth::Tokens& tokens) const {
  auto keep = [&](const std::string& name, const std::string& value, std::int64_t life_s) {
    http.headers.add("Set-Cookie", cookie_text(*http.request, name, value, seconds(life_s)));
  };
  keep(access_name_, tokens.access_token, tokens.expires_in);
  keep(refresh_name_, tokens.refresh_token, tokens.refresh_expires_in);
}

std::string BrowserSession::device(const HttpRequest& request) const {
  return std::string(own_cookie(request, device_name_));
}

void BrowserSession::keep_device(HttpCall& http, const std::string& device) const {
  http.headers.add("Set-Cookie", cookie_text(*http.request, device_name_, device, browser_life));
}

void BrowserSession::take_away(HttpCall& http) const {
  http.headers.add("Set-Cookie", cookie_text(*http.request, access_name_, "", seconds(-1)));
  http.headers.add("Set-Cookie", cookie_text(*http.request, refresh_name_, "", seconds(-1)));
}

void BrowserSession::forget_old() {
  auto now = clock_.now();
  while (!renewed_.empty() &&
         (renewed_.front().first + remembered < now || renewed_.size() > most_remembered)) {
    renewals_.erase(renewed_.front().second);
    renewed_.pop_front();
  }
}

Task<void> BrowserSession::ask(Call call, auth::RefreshGrant grant, std::shared_ptr<Renewal> renewal) {
  auto refresh_token = grant.refresh_token;
  try {
    renewal->tokens = co_await auth_.refresh(std::move(call), std::move(grant));
  } catch (const Error& error) {
    if (error.code != ErrorCode::unauthenticated) renewal->failure = std::current_exception();
  } catch (...) {
    renewal->failure = std::current_exception();
  }
  renewal->done = true;
  // The next request asks again after a failure. A refusal is final.
  if (renewal->failure) {
    renewals_.erase(refresh_token);
  } else {
    renewed_.emplace_back(clock_.now(), std::move(refresh_token));
  }
  for (auto& resume : std::exchange(renewal->waiting, {})) resume();
}

std::string BrowserSession::refresh_token(HttpCall& http) const {
  std::string token(own_cookie(*http.request, refresh_name_));
  if (!token.empty() && token.size() <= longest_refresh_token) return token;
  take_away(http);
  return {};
}

void BrowserSession::hand_out(HttpCall& http, const std::optional<auth::Tokens>& tokens) const {
  if (tokens) {
    give(http, *tokens);
  } else {
    take_away(http);
  }
}

Task<std::optional<auth::Tokens>> BrowserSession::renewed(HttpCall& http, std::string refresh_token) {
  forget_old();
  auto [found, is_first] = renewals_.try_emplace(refresh_token);
  if (is_first) found->second = std::make_shared<Renewal>();
  auto renewal = found->second;
  if (is_first) {
    co_await ask(http.call, {refresh_token, settings_.audience, origin_of(http)}, renewal);
  } else if (!renewal->done) {
    co_await suspend([renewal](Resume resume) { renewal->waiting.push_back(std::move(resume)); });
  }
  if (renewal->failure) std::rethrow_exception(renewal->failure);
  co_return renewal->tokens;
}

Task<std::optional<auth::Tokens>> BrowserSession::renew(HttpCall& http) {
  auto token = refresh_token(http);
  if (token.empty()) co_return std::nullopt;
  auto tokens = co_await renewed(http, std::move(token));
  hand_out(http, tokens);
  co_return tokens;
}

// Follows the remembered renewals to the refresh token that has not been used yet.
Task<std::optional<auth::Tokens>> BrowserSession::renew_now(HttpCall& http) {
  auto token = refresh_token(http);
  if (token.empty()) co_return std::nullopt;
  forget_old();
  std::optional<auth::Tokens> tokens;
  bool is_new = false;
  for (int step = 0; step < most_steps && !is_new; ++step) {
    is_new = !renewals_.contains(token);
    tokens = co_await renewed(http, token);
    if (!tokens) break;
    token = tokens->refresh_token;
  }
  hand_out(http, tokens);
  co_return tokens;
}

Task<void> BrowserSession::sign_out(HttpCall& http) {
  std::string refresh_token(own_cookie(*http.request, refresh_name_));
  take_away(http);
  if (refresh_token.empty() || refresh_token.size() > longest_refresh_token) co_return;
  // The token may have been renewed a moment ago; either token ends the family.
  renewals_.erase(refresh_token);
  co_await auth_.revoke(http.call, {std::move(refresh_token), origin_of(http)});
}

std::string BrowserSession::csrf_token(HttpCall& http) const {
  auto browser =
      http.browser.empty() ? own_cookie(*http.request, csrf_name_) : std::string_view(http.browser);
  if (!is_browser(browser)) {
    http.browser = to_hex(random_.bytes(browser_bytes));
    http.headers.add("Set-Cookie", cookie_text(*http.request, csrf_name_, http.browser, browser_life));
    browser = http.browser;
  }
  return csrf_.token(browser, http.call.caller.id, random_.bytes(CsrfTokens::pad_bytes));
}

void BrowserSession::check_csrf(const HttpCall& http, Auth auth, std::string_view token) const {
  if (is_from_elsewhere(*http.request, settings_.public_url)) {
    throw Error(ErrorCode::forbidden, "cross_site", "Another site may not send this.");
  }
  auto browser = own_cookie(*http.request, csrf_name_);
  const auto& person = http.call.caller.id;
  bool for_strangers = auth == Auth::nobody || auth == Auth::optional;
  switch (is_browser(browser) ? csrf_.made_for(token, browser, person) : MadeFor::another_browser) {
    case MadeFor::this_person: return;
    case MadeFor::stranger:
      if (for_strangers || person.empty()) return;
      break;
    case MadeFor::another_person:
      if (auth == Auth::nobody) return;
      if (person.empty()) {
        throw Error(ErrorCode::unauthenticated, "session_ended", "The session has ended: sign in again.");
      }
      break;
    case MadeFor::another_browser: break;
  }
  throw Error(ErrorCode::forbidden, "csrf", "The page was open for too long: load it again.");
}

}  // namespace bramble::edge
