#include "sandbox/page_shell.h"

#include "sandbox/acs_style.h"

namespace bramble::sandbox {

std::string escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (char c : text) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\'': html += "&#39;"; break;
      default: html.push_back(c);
    }
  }
  return html;
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (auto part : parts) text += part;
  return text;
}

HttpResponse shell_page(int status, const PageShell& shell) {
  const auto& texts = acs_texts(shell.language);
  HttpResponse response{.status = status};
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  // Browsers apply form-action also to the redirect that answers the form.
  response.headers.add("Content-Security-Policy",
                       joined({"default-src 'none'; style-src 'self'; form-action 'self' ",
                               shell.form_targets, "; base-uri 'none'; frame-ancestors 'none'"}));
  response.headers.add("Referrer-Policy", "no-referrer");
  response.headers.add("X-Frame-Options", "DENY");
  response.headers.add("Content-Language", std::string(texts.code));
  response.headers.add("Vary", "Accept-Language");
  response.body =
      joined({"<!doctype html>\n<html lang=\"", texts.code,
              "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
              "content=\"width=device-width,initial-scale=1\">"
              "<meta name=\"robots\" content=\"noindex\"><title>",
              shell.title, " · ", shell.owner, "</title><link rel=\"stylesheet\" href=\"", acs_style_path(),
              "\"></head>\n<body><header class=\"bank\"><span class=\"bank__name\">", shell.owner, "</span>",
              shell.badge, "</header>\n<main>\n", shell.body, "</main>\n<footer>", shell.footer,
              "</footer></body></html>\n"});
  return response;
}

HttpResponse shell_style(std::string_view path) {
  HttpResponse response{.status = path == acs_style_path() ? 200 : 404};
  if (response.status == 404) return response;
  response.headers.add("Content-Type", "text/css; charset=utf-8");
  response.headers.add("Cache-Control", "public, max-age=31536000, immutable");
  response.body = acs_style();
  return response;
}

}  // namespace bramble::sandbox
