#include "tests/harness/browser.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"

namespace bramble::harness {
namespace {

constexpr int most_redirects = 8;

std::string origin_of(const std::string& url) {
  auto slash = url.find('/', url.find("://") + 3);
  return slash == std::string::npos ? url : url.substr(0, slash);
}

}  // namespace

std::string encoded(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  }
  return text;
}

HtmlForm Page::form(const std::string& action) const {
  for (auto& form : forms_of(html)) {
    if (form.action == action) return form;
  }
  throw std::runtime_error("no form " + action + " at " + url + " (" + std::to_string(status) +
                           "): " + text());
}

bool Page::has_form(const std::string& action) const {
  auto forms = forms_of(html);
  return std::any_of(forms.begin(), forms.end(), [&](const HtmlForm& form) { return form.action == action; });
}

bool Page::has_link(const std::string& target) const {
  auto links = links_of(html);
  return std::find(links.begin(), links.end(), target) != links.end();
}

std::string Page::path() const {
  auto rest = url.substr(origin_of(url).size());
  return rest.substr(0, rest.find('?'));
}

Browser::Browser(Client& client, std::string home, std::string language)
    : client_(client), home_(std::move(home)), language_(std::move(language)) {}

std::string Browser::cookie(const std::string& name) const {
  auto found = cookies_.find(name);
  return found == cookies_.end() ? "" : found->second;
}

std::string Browser::absolute(const std::string& target, const std::string& base) const {
  if (target.find("://") != std::string::npos) return target;
  if (target.empty()) return base;
  return origin_of(base) + target;
}

HttpClientRequest Browser::with_cookies(HttpClientRequest request) const {
  std::string text;
  for (const auto& [name, value] : cookies_) text += (text.empty() ? "" : "; ") + name + "=" + value;
  if (!text.empty()) request.headers.add("Cookie", text);
  request.headers.add("Accept", "text/html,application/xhtml+xml");
  request.headers.add("Accept-Language", language_);
  return request;
}

Reply Browser::exchange(HttpClientRequest request) {
  auto answer = client_.send(with_cookies(std::move(request)));
  for (const auto& [name, value] : answer.headers) {
    if (!std::equal(name.begin(), name.end(), "set-cookie", [](char left, char right) {
          return std::tolower(static_cast<unsigned char>(left)) == right;
        })) {
      continue;
    }
    auto equals = value.find('=');
    auto key = value.substr(0, equals);
    auto content = value.substr(equals + 1, value.find(';') - equals - 1);
    if (content.empty()) {
      cookies_.erase(key);
    } else {
      cookies_[key] = content;
    }
  }
  return answer;
}

Page Browser::follow(HttpClientRequest request) {
  for (int redirects = 0; redirects < most_redirects; ++redirects) {
    auto url = request.url;
    auto answer = exchange(std::move(request));
    if (answer.status != 303) return {answer.status, url, std::move(answer.headers), std::move(answer.body)};
    request = get(absolute(std::string(answer.headers.get("Location")), url));
  }
  throw std::runtime_error("too many redirects from " + request.url);
}

Page Browser::open(const std::string& target) { return follow(get(absolute(target, home_ + "/"))); }

HttpClientRequest Browser::request_of(const std::string& url, const HtmlForm& form, const Fields& changes,
                                      const Button& button) const {
  auto fields = form.fields;
  for (const auto& [name, value] : changes) {
    std::erase_if(fields, [&](const auto& known) { return known.first == name; });
    fields.emplace_back(name, value);
  }
  if (!button.name.empty()) fields.emplace_back(button.name, button.value);
  auto address = absolute(form.action, url);
  if (form.method != "post") return get(address + "?" + encoded(fields));
  HttpClientRequest request;
  request.method = "POST";
  request.url = std::move(address);
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.headers.add("Origin", origin_of(url));
  request.body = encoded(fields);
  return request;
}

Page Browser::send(const std::string& url, const HtmlForm& form, const Fields& changes,
                   const Button& button) {
  return follow(request_of(url, form, changes, button));
}

Page Browser::submit(const Page& page, const std::string& action, const Fields& changes,
                     const Button& button) {
  return send(page.url, page.form(action), changes, button);
}

}  // namespace bramble::harness
