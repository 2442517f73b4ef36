#include "gateways/pages/preferences.h"

#include "gateways/edge/cookies.h"
#include "gateways/edge/language.h"

namespace bramble::pages {
namespace {

constexpr std::string_view theme_cookie = "theme";
constexpr Duration kept = days(365);

}  // namespace

std::string_view theme_of(const HttpRequest& request) {
  auto theme = edge::cookie_of(request.headers.get("Cookie"), theme_cookie);
  if (theme == "light") return "light";
  return theme == "dark" ? "dark" : "auto";
}

bool keep_language(edge::HttpCall& http, std::string_view language, bool secure) {
  if (!edge::is_language(language)) return false;
  http.headers.add("Set-Cookie", edge::cookie_text(edge::language_cookie, language, kept, secure));
  return true;
}

bool keep_theme(edge::HttpCall& http, std::string_view theme, bool secure) {
  if (theme != "light" && theme != "dark" && theme != "auto") return false;
  http.headers.add("Set-Cookie", edge::cookie_text(theme_cookie, theme, kept, secure));
  return true;
}

Task<Answer> choose_language(Visit& visit, bool secure) {
  keep_language(visit.http, visit.form.get("language"), secure);
  co_return redirect(safe_back(visit.form.get("back")));
}

Task<Answer> choose_theme(Visit& visit, bool secure) {
  keep_theme(visit.http, visit.form.get("theme"), secure);
  co_return redirect(safe_back(visit.form.get("back")));
}

}  // namespace bramble::pages
