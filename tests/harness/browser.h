// A browser without scripts: keeps cookies, follows redirects, sends forms as they are on the page.
#pragma once

#include "tests/harness/client.h"
#include "tests/harness/html.h"

namespace bramble::harness {

struct Page {
  int status = 0;
  std::string url;  // where it came from, after redirects
  HttpHeaders headers;
  std::string html;

  std::string text() const { return text_of(html); }
  bool says(std::string_view words) const { return text().find(words) != std::string::npos; }
  // The first form with that action; throws if there is none.
  HtmlForm form(const std::string& action) const;
  bool has_form(const std::string& action) const;
  bool has_link(const std::string& target) const;
  // Without origin and query.
  std::string path() const;
};

class Browser {
 public:
  Browser(Client& client, std::string home, std::string language = "en");

  // `target`: a path of the shop, or an address.
  Page open(const std::string& target);
  // Sends the page's form of that action, with these fields set; `button` is the one that is pressed.
  Page submit(const Page& page, const std::string& action, const Fields& changes = {},
              const Button& button = {});
  // Sends a form that was made elsewhere, or kept.
  Page send(const std::string& url, const HtmlForm& form, const Fields& changes = {},
            const Button& button = {});
  // The request of a form, not sent yet.
  HttpClientRequest request_of(const std::string& url, const HtmlForm& form, const Fields& changes = {},
                               const Button& button = {}) const;
  // The answer itself, no redirect followed. Cookies are kept.
  Reply exchange(HttpClientRequest request);

  void forget_cookies() { cookies_.clear(); }
  std::string cookie(const std::string& name) const;
  const std::string& home() const { return home_; }

 private:
  std::string absolute(const std::string& target, const std::string& base) const;
  HttpClientRequest with_cookies(HttpClientRequest request) const;
  Page follow(HttpClientRequest request);

  Client& client_;
  std::string home_;
  std::string language_;
  std::map<std::string, std::string> cookies_;  // of the one host
};

std::string encoded(const Fields& fields);

}  // namespace bramble::harness
