#include "gateways/pages/preferences.h"

#include "gateways/edge/cookies.h"
#include "gateways/edge/language.h"

namespace bramble::pages {
namespace {

constexpr std::string_view theme_cookie = "theme";
constexpr Duration kept = days(365);

}  // namespace

std::string_view theme_of(const HttpRequest& request) {
  auto theme = edge::own_cookie(request, theme_cookie);
  if (theme == "light") return "light";
  return theme == "dark" ? "dark" : "auto";
}

bool keep_language(edge::HttpCall& http, std::string_view language) {
  if (!edge::is_language(language)) return false;
  http.headers.add("Set-Cookie", edge::cookie_text(*http.request, edge::language_cookie, language, kept));
  return true;
}

bool keep_theme(edge::HttpCall& http, std::string_view theme) {
  if (theme != "light" && theme != "dark" && theme != "auto") return false;
  http.headers.add("Set-Cookie", edge::cookie_text(*http.request, theme_cookie, theme, kept));
  return true;
}

Task<Answer> choose_language(PageRequest& request) {
  keep_language(request.http, request.form.get("language"));
  co_return redirect(safe_back(request.form.get("back")));
}

Task<Answer> choose_theme(PageRequest& request) {
  keep_theme(request.http, request.form.get("theme"));
  co_return redirect(safe_back(request.form.get("back")));
}

}  // namespace bramble::pages
