// A gateway's pages: routes whose handlers fill a view and name a template. The Site reads and checks forms,
// redirects to the sign-in where a page needs it, renders in the reader's language, and shows failures as
// pages. docs/guides/add-a-page.md shows how to add one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "gateways/edge/browser_session.h"
#include "gateways/edge/router.h"
#include "gateways/pages/form.h"
#include "gateways/pages/locale.h"

namespace bramble::pages {

// One request for a page.
struct PageRequest {
  edge::HttpCall& http;
  const Locale& locale;
  Form query;
  Form form;  // of a POST; its CSRF token has been checked
  PageView view;
  // The address to come back to: path and query of the page, or of the page that the form was on.
  std::string here;

  std::string_view say(std::string_view key) const { return locale.say(key); }
  std::string say(std::string_view key, std::initializer_list<MessageArgument> arguments) const {
    return locale.say(key, arguments);
  }
  bool is_signed_in() const { return !http.call.caller.id.empty(); }
};

// A handler answers with a template to render with the request's view, or with a response of its own.
struct PageResult {
  std::string_view template_name;
  int status = 200;
};
using Answer = std::variant<PageResult, HttpResponse>;
using PageHandler = std::function<Task<Answer>(PageRequest&)>;

// Calls a member function of `pages`, which must outlive the handler.
template <class Pages>
PageHandler handler(Pages& pages, Task<Answer> (Pages::*handle)(PageRequest&)) {
  return [&pages, handle](PageRequest& request) { return (pages.*handle)(request); };
}

// 303: the next request is a GET.
HttpResponse redirect(std::string_view path_or_url);

struct SiteOptions {
  std::string public_url;  // without a slash at its end; canonical links begin with it
  std::string name = "Bramble";
  bool is_practice = true;   // not a real shop; every page says so
  std::string form_targets;  // other origins that forms may lead to, also by redirects: the bank's
  std::string sign_in_path = "/sign-in";
  std::string time_zone = "Europe/Moscow";
  AssetUrl asset_url;
  std::string failure_template = "failure.html";
  bool sandboxed = false;  // every page says that neither money nor SMS are real
  // Fills in what every page shows, such as the cart's badge. Runs after the handler, before rendering.
  std::function<Task<void>(PageRequest&)> dress;
};

class Site {
 public:
  // Throws Error internal when templates and messages do not fit together.
  Site(std::span<const PageFile> files, edge::BrowserSession& session, SiteOptions options);

  // Routes for a Router. The Site must outlive them. A page is for everybody (`optional`) or for buyers. A
  // form for `nobody` is accepted whoever its page was made for.
  edge::Route get(std::string_view name, std::string_view path, edge::Auth auth, PageHandler handler) const;
  edge::Route post(std::string_view name, std::string_view path, edge::Auth auth, PageHandler handler) const;
  // POST /language and POST /theme: store a choice in a cookie and go back.
  std::vector<edge::Route> preference_routes() const;

  // For RouterHooks::show_failure.
  void show_failure(const edge::RouteInfo& info, const edge::HttpCall& http, std::string_view code,
                    HttpResponse& response) const;

  const Locale& locale(std::string_view language) const;
  edge::BrowserSession& session() const { return session_; }
  const SiteOptions& options() const { return options_; }

 private:
  PageRequest page_request(edge::HttpCall& http) const;
  Task<HttpResponse> answer(edge::HttpCall& http, edge::Auth auth, const PageHandler& handler) const;
  void fill_layout(PageRequest& request) const;
  HttpResponse page(const PageRequest& request, const PageResult& result) const;
  void secure(HttpResponse& response) const;

  edge::BrowserSession& session_;
  SiteOptions options_;
  std::string content_security_policy_;
  std::map<std::string, Locale, std::less<>> locales_;
};

}  // namespace bramble::pages
