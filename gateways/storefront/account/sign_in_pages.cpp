#include "gateways/storefront/account/sign_in_pages.h"

#include <charconv>

#include "base/error.h"
#include "base/phone/phone.h"
#include "base/text.h"
#include "gateways/edge/cookies.h"
#include "gateways/edge/rate_limit.h"
#include "gateways/storefront/cart/cart_token.h"

namespace bramble::storefront {
namespace {

constexpr std::string_view waiting_cookie = "sign_in";
constexpr Duration waiting_life = minutes(10);
constexpr std::size_t most_earlier = 3;

// The codes that the browser waits for: the last one and earlier ones, whose SMS may arrive later or be read
// first.
struct Waiting {
  ChallengeId challenge;
  std::string phone;
  Time resend_at;
  std::vector<ChallengeId> earlier;  // newest first
};

std::string packed(const Waiting& waiting) {
  auto text = waiting.challenge.text() + " " + waiting.phone + " " + std::to_string(waiting.resend_at.us);
  for (const auto& challenge : waiting.earlier) text += " " + challenge.text();
  return to_base64url(text);
}

std::vector<ChallengeId> challenges_in(std::string_view text) {
  std::vector<ChallengeId> found;
  while (!text.empty() && found.size() < most_earlier) {
    auto end = std::min(text.find(' '), text.size());
    if (auto id = ChallengeId::parse(text.substr(0, end))) found.push_back(std::move(*id));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

std::optional<Waiting> waiting_of(const HttpRequest& request) {
  auto text = from_base64url(edge::own_cookie(request, waiting_cookie));
  if (!text) return std::nullopt;
  auto first = text->find(' ');
  auto second = text->find(' ', first == std::string::npos ? first : first + 1);
  if (second == std::string::npos) return std::nullopt;
  auto challenge = ChallengeId::parse(text->substr(0, first));
  auto phone = read_phone(text->substr(first + 1, second - first - 1)).number;
  std::int64_t resend_us = 0;
  auto end = text->data() + text->size();
  auto rest = std::from_chars(text->data() + second + 1, end, resend_us).ptr;
  if (!challenge || phone.empty()) return std::nullopt;
  return Waiting{std::move(*challenge), std::move(phone), Time{resend_us},
                 challenges_in({rest, static_cast<std::size_t>(end - rest)})};
}

// The message for a phone number that is not valid.
std::string_view message_of(PhoneFault fault) {
  switch (fault) {
    case PhoneFault::no_country: return "signin.phone_no_country";
    case PhoneFault::unknown_country: return "signin.phone_unknown_country";
    case PhoneFault::trunk_prefix: return "signin.phone_trunk_prefix";
    case PhoneFault::too_short: return "signin.phone_too_short";
    case PhoneFault::too_long: return "signin.phone_too_long";
    case PhoneFault::unassigned: return "signin.phone_unassigned";
    case PhoneFault::none:
    case PhoneFault::not_a_number: break;
  }
  return "signin.phone_wrong";
}

// The earlier codes to this phone, when a new one is requested.
std::vector<ChallengeId> earlier_of(const HttpRequest& request, const std::string& phone) {
  auto before = waiting_of(request);
  if (!before || before->phone != phone) return {};
  before->earlier.insert(before->earlier.begin(), std::move(before->challenge));
  if (before->earlier.size() > most_earlier) before->earlier.resize(most_earlier);
  return std::move(before->earlier);
}

// The reason and the length of a wait before the next code or the next try.
struct Pause {
  bool network = false;  // too many requests from this network; otherwise this phone got a code just now
  std::int64_t seconds = 0;
  std::int64_t minutes() const { return (seconds + 59) / 60; }
  bool is_short() const { return seconds < 60; }
};

std::string words_for(pages::PageRequest& request, const Pause& pause) {
  if (pause.network) return request.say("signin.too_many_here", {{"minutes", pause.minutes()}});
  return pause.is_short() ? request.say("signin.too_many", {{"seconds", pause.seconds}})
                          : request.say("signin.too_many_later", {{"minutes", pause.minutes()}});
}

std::string words_for_wrong(pages::PageRequest& request, const Pause& pause) {
  return pause.is_short() ? request.say("signin.too_many_wrong_soon", {{"seconds", pause.seconds}})
                          : request.say("signin.too_many_wrong", {{"minutes", pause.minutes()}});
}

Pause pause_of(const Error& error) {
  Pause pause{.seconds = 1};
  if (error.fields.empty()) return pause;
  pause.network = error.fields.front().field != "phone";
  const auto& text = error.fields.front().detail;
  std::from_chars(text.data(), text.data() + text.size(), pause.seconds);
  return pause;
}

std::string code_page(std::string_view back) {
  return pages::QueryText().add("back", back).after("/sign-in/code");
}

}  // namespace

std::vector<edge::Route> SignInPages::routes() {
  using enum edge::Auth;
  return {
      site_.get("page_sign_in", "/sign-in", optional, pages::handler(*this, &SignInPages::ask_phone)),
      site_.post("page_send_code", "/sign-in", optional, pages::handler(*this, &SignInPages::send_code)),
      site_.get("page_code", "/sign-in/code", optional, pages::handler(*this, &SignInPages::ask_code)),
      site_.post("page_enter", "/sign-in/code", optional, pages::handler(*this, &SignInPages::enter)),
      site_.post("page_sign_out", "/sign-out", nobody, pages::handler(*this, &SignInPages::leave)),
  };
}

pages::Answer SignInPages::show_phone(PageRequest& request, std::string_view problem, int status) {
  auto& view = request.view;
  view.set("TITLE", request.say("signin.title"));
  request.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  const auto& fields = status == 200 ? request.query : request.form;
  view.set("BACK", pages::safe_back(fields.get("back")));
  view.set("PHONE", fields.get("phone"));
  view.show_if(request.query.has("ended"), "ENDED");
  view.set_and_show("PROBLEM", problem, "HAS_PROBLEM");
  return pages::PageResult{"sign-in.html", status};
}

Task<pages::Answer> SignInPages::ask_phone(PageRequest& request) {
  if (request.is_signed_in()) co_return pages::redirect(pages::safe_back(request.query.get("back")));
  co_return show_phone(request, "", 200);
}

Task<pages::Answer> SignInPages::send_code(PageRequest& request) {
  auto [phone, fault] = read_phone(request.form.get("phone"));
  auto back = pages::safe_back(request.form.get("back"));
  // Another tab has signed in meanwhile.
  if (request.is_signed_in()) co_return pages::redirect(back);
  if (fault != PhoneFault::none) {
    bool is_missing = request.form.get("phone").empty();
    co_return show_phone(request, request.say(is_missing ? "signin.phone_missing" : message_of(fault)), 422);
  }
  auth::Challenge challenge;
  std::optional<Pause> pause;
  try {
    challenge = co_await auth_.request_code(request.http.call, {phone, edge::origin_of(request.http)});
  } catch (const Error& error) {
    if (error.reason != "too_many_codes") throw;
    pause = pause_of(error);
  }
  if (pause) {
    // The code that this browser waits for was sent just now and is still valid.
    auto waiting = waiting_of(*request.http.request);
    bool is_fresh = waiting && waiting->phone == phone && clock_.now() < waiting->resend_at;
    if (is_fresh) co_return pages::redirect(code_page(back));
    request.http.headers.add("Retry-After", std::to_string(pause->seconds));
    co_return show_phone(request, words_for(request, *pause), 429);
  }
  Waiting waiting{challenge.challenge_id, phone, clock_.now() + seconds(challenge.resend_after_s),
                  earlier_of(*request.http.request, phone)};
  request.http.headers.add("Set-Cookie", edge::cookie_text(*request.http.request, waiting_cookie,
                                                           packed(waiting), waiting_life));
  co_return pages::redirect(code_page(back));
}

pages::Answer SignInPages::show_code(PageRequest& request, std::string_view problem, int status) {
  auto waiting = waiting_of(*request.http.request);
  const auto& fields = status == 200 ? request.query : request.form;
  auto back = pages::safe_back(fields.get("back"));
  if (!waiting) return pages::redirect(pages::QueryText().add("back", back).after("/sign-in"));
  auto& view = request.view;
  view.set("TITLE", request.say("signin.code_title"));
  request.http.headers.add("Cache-Control", "no-store");
  view.show("NOT_INDEXED");
  view.set("BACK", back);
  view.set("OTHER_URL", pages::QueryText().add("back", back).after("/sign-in"));
  view.set("PHONE", waiting->phone);
  view.set("SENT_TO", request.say("signin.sent_to", {{"phone", phone_text(waiting->phone)}}));
  view.set_and_show("PROBLEM", problem, "HAS_PROBLEM");
  auto left_s = std::max<std::int64_t>((waiting->resend_at - clock_.now()).us / 1'000'000 + 1, 0);
  if (left_s > 0 && waiting->resend_at > clock_.now()) {
    view.set("RESEND_SECONDS", left_s);
    view.set("RESEND_LEFT", request.say("signin.resend_later", {{"seconds", left_s}}));
    view.show("WAITS_TO_RESEND");
  } else {
    view.show("MAY_RESEND");
  }
  if (!inbox_url_.empty()) {
    view.set_and_show("INBOX", pages::QueryText().add("number", waiting->phone).after(inbox_url_),
                      "HAS_INBOX");
  }
  return pages::PageResult{"sign-in-code.html", status};
}

Task<pages::Answer> SignInPages::ask_code(PageRequest& request) {
  if (request.is_signed_in()) co_return pages::redirect(pages::safe_back(request.query.get("back")));
  co_return show_code(request, "", 200);
}

Task<pages::Answer> SignInPages::enter(PageRequest& request) {
  auto waiting = waiting_of(*request.http.request);
  auto back = pages::safe_back(request.form.get("back"));
  if (request.is_signed_in()) co_return pages::redirect(back);
  if (!waiting) co_return pages::redirect(pages::QueryText().add("back", back).after("/sign-in"));
  std::string code;
  for (char c : request.form.get("code")) {
    if (c >= '0' && c <= '9') code += c;
  }
  if (request.form.get("code").empty()) co_return show_code(request, request.say("signin.code_missing"), 422);
  if (code.empty() || code.size() > 8) co_return show_code(request, request.say("signin.code_wrong"), 422);
  auth::Tokens tokens;
  std::string_view problem;
  std::optional<Pause> pause;
  try {
    tokens = co_await auth_.exchange_code(request.http.call, {waiting->challenge, code, waiting->earlier,
                                                              edge::origin_of(request.http)});
  } catch (const Error& error) {
    if (error.reason == "too_many_wrong_codes") {
      pause = pause_of(error);
    } else if (error.reason == "wrong_code") {
      problem = "signin.code_wrong";
    } else if (error.reason == "challenge_ended") {
      problem = "signin.code_ended";
    } else {
      throw;
    }
  }
  if (pause) {
    request.http.headers.add("Retry-After", std::to_string(pause->seconds));
    co_return show_code(request, words_for_wrong(request, *pause), 429);
  }
  if (!problem.empty()) co_return show_code(request, request.say(problem), 422);
  site_.session().give(request.http, tokens);
  request.http.headers.add("Set-Cookie",
                           edge::cookie_text(*request.http.request, waiting_cookie, "", seconds(-1)));
  // The guest's cart becomes part of the account's cart.
  if (auto token = cart_token_of(*request.http.request); !token.empty()) {
    co_await cart_.merge(request.http.call, {token, tokens.user.user_id.text()});
  }
  co_return pages::redirect(back);
}

Task<pages::Answer> SignInPages::leave(PageRequest& request) {
  co_await site_.session().sign_out(request.http);
  co_return pages::redirect("/");
}

}  // namespace bramble::storefront
