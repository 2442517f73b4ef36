#include "sandbox/sandbox_access.h"

#include "base/digest.h"
#include "base/text.h"
#include "gateways/edge/cookies.h"
#include "sandbox/form_fields.h"
#include "sandbox/page_shell.h"

namespace bramble::sandbox {
namespace {

constexpr std::string_view cookie_name = "sandbox_door";
constexpr std::string_view after_entering = "/phone";
constexpr Duration cookie_life = days(30);
constexpr std::size_t longest_way_back = 200;

std::string made_of(const std::string& token) {
  return to_base64url(hmac_sha256(token, "the sandbox's door"));
}

// Prevents open redirects: "//" and "/\" lead to other hosts.
std::string safe_back(std::string back) {
  bool ours = back.size() <= longest_way_back && back.starts_with("/") && back.size() > 1 && back[1] != '/' &&
              back[1] != '\\' &&
              std::all_of(back.begin(), back.end(), [](char c) { return c > ' ' && c <= '~'; });
  return ours ? back : std::string(after_entering);
}

HttpResponse see_other(std::string place) {
  HttpResponse response{.status = 303};
  response.headers.add("Location", std::move(place));
  return response;
}

}  // namespace

SandboxAccess::SandboxAccess(std::string token)
    : token_(std::move(token)), cookie_(token_.empty() ? "" : made_of(token_)) {}

bool SandboxAccess::allows(const HttpRequest& request) const {
  if (!needs_token()) return true;
  constexpr std::string_view scheme = "Bearer ";
  auto given = request.headers.get("Authorization");
  if (given.starts_with(scheme)) return equal_constant_time(given.substr(scheme.size()), token_);
  bool reads = request.method == "GET" || request.method == "HEAD";
  return reads && equal_constant_time(edge::own_cookie(request, cookie_name), cookie_);
}

HttpResponse SandboxAccess::redirect_to_sign_in(const HttpRequest& request) const {
  auto here = request.query.empty() ? request.path : request.path + "?" + request.query;
  return see_other("/sign-in?back=" + percent_encode(here));
}

HttpResponse SandboxAccess::form(int status, const std::string& back, Language language) const {
  const auto& texts = acs_texts(language);
  auto wrong = status == 200 ? std::string()
                             : joined({"<p class=\"error\" role=\"alert\">", texts.wrong_token, "</p>\n"});
  auto body =
      joined({"<h1>", texts.sign_in, "</h1>\n", wrong,
              "<form method=\"post\" action=\"/sign-in\"><input type=\"hidden\" name=\"back\" value=\"",
              escaped(back), "\"><label for=\"token\">", texts.token,
              "</label>\n<input class=\"number\" id=\"token\" name=\"token\" type=\"password\" required "
              "autocomplete=\"current-password\">\n<p class=\"hint\">",
              texts.token_hint, "</p><button>", texts.enter, "</button></form>\n"});
  return shell_page(status, {.language = language,
                             .title = texts.sign_in,
                             .owner = texts.sandbox,
                             .body = body,
                             .footer = texts.practice});
}

HttpResponse SandboxAccess::page(const HttpRequest& request, Language language) const {
  auto fields = fields_of(request.query);
  auto back = safe_back(fields ? (*fields)["back"] : "");
  return needs_token() ? form(200, back, language) : see_other(back);
}

HttpResponse SandboxAccess::enter(const HttpRequest& request, Language language) const {
  auto fields = form_fields(request);
  auto back = safe_back(fields ? (*fields)["back"] : "");
  if (!needs_token()) return see_other(back);
  if (!fields || !equal_constant_time((*fields)["token"], token_)) return form(403, back, language);
  auto response = see_other(back);
  response.headers.add("Set-Cookie", edge::cookie_text(request, cookie_name, cookie_, cookie_life));
  return response;
}

}  // namespace bramble::sandbox
