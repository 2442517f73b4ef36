#include "gateways/pages/site.h"

#include <array>

#include "base/error.h"
#include "gateways/edge/cookies.h"
#include "gateways/edge/language.h"
#include "gateways/pages/preferences.h"

namespace bramble::pages {
namespace {

constexpr std::array<std::string_view, 2> languages = {"ru", "en"};
constexpr std::string_view csrf_field = "csrf";

std::string policy(const std::string& form_targets) {
  return "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors "
         "'none'; "
         "form-action 'self'" +
         (form_targets.empty() ? std::string() : " " + form_targets) + "; base-uri 'none'; object-src 'none'";
}

bool wants_html(const HttpRequest& request) {
  return request.headers.get("Accept").find("text/html") != std::string_view::npos;
}

bool is_api_path(std::string_view path) { return path.starts_with("/api/") || path.starts_with("/hooks/"); }

// "/cart/items" is AT_CART, "/" is AT_HOME: marks the current section of the site.
std::string section_of(std::string_view path) {
  auto segment = path.substr(std::min<std::size_t>(1, path.size()));
  segment = segment.substr(0, segment.find('/'));
  std::string name = "AT_";
  for (char c : segment) {
    if (c < 'a' || c > 'z') return "AT_ELSEWHERE";
    name += static_cast<char>(c - 'a' + 'A');
  }
  return segment.empty() ? "AT_HOME" : name;
}

// The page that a form was sent from. The form's own address may not answer a GET.
std::string page_before(const HttpRequest& request, std::string_view public_url) {
  auto address = request.headers.get("Referer");
  if (!edge::is_own_address(address, request, public_url)) return "/";
  address.remove_prefix(address.find("://") + 3);
  return safe_back(address.substr(std::min(address.find('/'), address.size())));
}

// "/search/?q=tea" becomes "/search?q=tea"; empty if there is no extra slash.
std::string without_slash(const HttpRequest& request, bool is_missing) {
  bool is_asked = request.method == "GET" || request.method == "HEAD";
  auto path = std::string_view(request.path);
  auto end = path.find_last_not_of('/');
  if (!is_missing || !is_asked || !path.ends_with('/') || end == std::string_view::npos) return {};
  auto shorter = std::string(path.substr(0, end + 1));
  return safe_back(request.query.empty() ? shorter : shorter + "?" + request.query);
}

// The failures with texts of their own; the others share one.
std::string_view failure_name(int status) {
  switch (status) {
    case 403: return "forbidden";
    case 404: return "not_found";
    case 429: return "too_many";
    case 502:
    case 503:
    case 504: return "unavailable";
    default: return status >= 500 ? "broken" : "bad_request";
  }
}

}  // namespace

HttpResponse redirect(std::string_view path_or_url) {
  HttpResponse response;
  response.status = 303;
  response.headers.add("Location", std::string(path_or_url));
  return response;
}

Site::Site(std::span<const PageFile> files, edge::BrowserSession& session, SiteOptions options)
    : session_(session),
      options_(std::move(options)),
      content_security_policy_(policy(options_.form_targets)) {
  for (auto language : languages) {
    Messages messages(language, files);
    TemplateStore templates(files, messages, options_.asset_url);
    locales_.emplace(language, Locale{std::string(language), std::move(messages),
                                      Formats(language, options_.time_zone), std::move(templates)});
  }
}

const Locale& Site::locale(std::string_view language) const {
  auto found = locales_.find(language);
  return found == locales_.end() ? locales_.begin()->second : found->second;
}

edge::Route Site::get(std::string_view name, std::string_view path, edge::Auth auth,
                      PageHandler handler) const {
  return {{.name = name, .method = "GET", .path = path, .auth = auth, .page = true},
          [this, auth, handler = std::move(handler)](edge::HttpCall& http) {
            return answer(http, auth, handler);
          }};
}

edge::Route Site::post(std::string_view name, std::string_view path, edge::Auth auth,
                       PageHandler handler) const {
  auto route = get(name, path, auth, std::move(handler));
  route.info.method = "POST";
  return route;
}

std::vector<edge::Route> Site::preference_routes() const {
  std::vector<edge::Route> routes;
  routes.push_back(post("page_language", "/language", edge::Auth::nobody,
                        [](PageRequest& request) { return choose_language(request); }));
  routes.push_back(post("page_theme", "/theme", edge::Auth::nobody,
                        [](PageRequest& request) { return choose_theme(request); }));
  return routes;
}

PageRequest Site::page_request(edge::HttpCall& http) const {
  const auto& asked = *http.request;
  auto here = edge::is_unsafe(asked.method) ? page_before(asked, options_.public_url)
              : asked.query.empty()         ? safe_back(asked.path)
                                            : safe_back(asked.path + "?" + asked.query);
  return {http, locale(http.call.language), Form(asked.query), {}, {}, std::move(here)};
}

Task<HttpResponse> Site::answer(edge::HttpCall& http, edge::Auth auth, const PageHandler& handler) const {
  auto request = page_request(http);
  if (edge::is_unsafe(http.request->method)) {
    request.form = form_of(*http.request);
    auto token = request.form.get(csrf_field);
    session_.check_csrf(http, auth, token.empty() ? http.request->headers.get("X-CSRF-Token") : token);
  }
  fill_layout(request);
  auto answer = co_await handler(request);
  if (auto* own = std::get_if<HttpResponse>(&answer)) {
    secure(*own);
    co_return std::move(*own);
  }
  if (options_.dress) co_await options_.dress(request);
  co_return page(request, std::get<PageResult>(answer));
}

// Sets what the layout needs on every page. A handler may set the same names again.
void Site::fill_layout(PageRequest& request) const {
  auto& view = request.view;
  const auto& language = request.locale.language;
  view.set("LANG", language);
  view.show(language == "ru" ? "IN_RUSSIAN" : "IN_ENGLISH");
  auto theme = theme_of(*request.http.request);
  view.set("THEME", theme);
  view.show(theme == "dark" ? "IS_DARK" : theme == "light" ? "IS_LIGHT" : "IS_AUTO");
  view.set("SITE_NAME", options_.name);
  view.show_if(options_.is_practice, "PRACTICE");
  view.set("HERE", request.here);
  view.show(section_of(request.http.request->path));
  view.set("CANONICAL", options_.public_url + request.http.request->path);
  view.set("PUBLIC_URL", options_.public_url);
  view.set("CSRF", session_.csrf_token(request.http));
  view.show(request.is_signed_in() ? "SIGNED_IN" : "SIGNED_OUT");
  view.show_if(options_.sandboxed, "SANDBOX");
}

HttpResponse Site::page(const PageRequest& request, const PageResult& result) const {
  HttpResponse response;
  response.status = result.status;
  response.headers.reserve(16);
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  response.headers.add("Content-Language", request.locale.language);
  // The back button must not show an earlier person's page, so it is requested again.
  response.headers.add("Cache-Control", request.is_signed_in() ? "no-store" : "private, no-cache");
  secure(response);
  response.body = request.locale.templates.render(result.template_name, request.view);
  return response;
}

void Site::secure(HttpResponse& response) const {
  auto& headers = response.headers;
  headers.add("Content-Security-Policy", content_security_policy_);
  headers.add("X-Frame-Options", "DENY");
  headers.add("Referrer-Policy", "strict-origin-when-cross-origin");
  headers.add("Permissions-Policy", "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)");
  headers.add("Cross-Origin-Opener-Policy", "same-origin");
}

void Site::show_failure(const edge::RouteInfo& info, const edge::HttpCall& http, std::string_view code,
                        HttpResponse& response) const {
  const auto& asked = *http.request;
  bool for_people = info.page || (info.name == "none" && !is_api_path(asked.path) && wants_html(asked));
  if (!for_people) return;
  edge::HttpCall call = http;
  auto request = page_request(call);
  if (response.status == 401) {
    auto target = QueryText().add("back", request.here);
    // The form had no effect, and the sign-in page says so.
    if (edge::is_unsafe(asked.method)) target.add("ended", 1);
    response = redirect(target.after(options_.sign_in_path));
    secure(response);
    return;
  }
  auto shorter = without_slash(asked, info.name == "none" && response.status == 404);
  if (!shorter.empty()) {
    response = redirect(shorter);
    response.status = 308;
    secure(response);
    return;
  }
  fill_layout(request);
  auto name = std::string(failure_name(response.status));
  // A stale form is not the reader's fault, so the page explains it.
  bool is_stale = code == "csrf" || code == "cross_site";
  if (is_stale) name = "stale_form";
  request.view.show(is_stale ? "STALE" : "LOST");
  request.view.set("TITLE", request.say("failure." + name + ".title"));
  request.view.set("FAILURE_TEXT", request.say("failure." + name + ".text"));
  request.view.set("REQUEST_ID", http.call.request_id);
  request.view.show_if(response.status >= 500, "OURS");
  request.view.show("CART_EMPTY");  // the count is unknown here
  auto retry_after = std::string(response.headers.get("Retry-After"));
  response = page(request, {options_.failure_template, response.status});
  if (!retry_after.empty()) response.headers.add("Retry-After", retry_after);
  response.headers.set("Cache-Control", "no-store");
}

}  // namespace bramble::pages
