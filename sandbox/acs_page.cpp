#include "sandbox/acs_page.h"

#include <openssl/evp.h>

#include "base/text.h"

namespace bramble::sandbox {
namespace {

constexpr std::string_view style =
    "*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;background:#"
    "eef1f6;"
    "color:#14213d;font:17px/1.5 system-ui,sans-serif}main{width:min(26rem,100% - "
    "2rem);background:#fff;padding:2rem;"
    "border-radius:1rem;box-shadow:0 8px 30px #14213d22}h1{font-size:1.25rem;margin:0 0 1rem}dl{display:grid;"
    "grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0 0 "
    "1.5rem}dt{color:#4a5a78}dd{margin:0;text-align:right;"
    "overflow-wrap:anywhere}.sum{font-size:1.5rem;font-weight:700}label{display:block;margin-bottom:.25rem}"
    "input{width:100%;font:inherit;font-size:1.5rem;letter-spacing:.3em;padding:.5rem .75rem;border:2px "
    "solid #6b7a99;"
    "border-radius:.5rem}input[aria-invalid]{border-color:#b3261e}button{width:100%;font:inherit;font-weight:"
    "600;"
    "padding:.75rem;margin-top:.75rem;border:2px solid "
    "#5a189a;border-radius:.5rem;background:#5a189a;color:#fff;"
    "cursor:pointer}button.quiet{background:#fff;color:#5a189a}:focus-visible{outline:3px solid #ff9e00;"
    "outline-offset:2px}.hint{color:#4a5a78;font-size:.9rem}.error{color:#b3261e;font-weight:600}"
    "@media(prefers-color-scheme:dark){body{background:#0d1526;color:#e8ecf5}main{background:#18233b}dt,.hint"
    "{color:#a9b6d0}input{background:#0d1526;color:inherit}button.quiet{background:none;color:#d3b3f5}"
    ".error{color:#ffb4ab}}";

struct Texts {
  std::string_view code;  // of the language
  std::string_view title, merchant, order, amount, code_label, hint, sbp_hint, confirm, pay, cancel, wrong,
      attempts;
  std::string_view expired, expired_hint, back, unknown, unknown_hint;
};

constexpr Texts russian{"ru",
                        "Подтверждение оплаты",
                        "Магазин",
                        "Заказ",
                        "Сумма",
                        "Код из СМС",
                        "Это учебный банк: код всегда 1234.",
                        "Это учебный банк: деньги не настоящие.",
                        "Подтвердить",
                        "Оплатить через СБП",
                        "Отменить платёж",
                        "Неверный код.",
                        "Осталось попыток: ",
                        "Время оплаты вышло",
                        "Платёж отклонён, деньги не списаны.",
                        "Вернуться в магазин",
                        "Платёж не найден",
                        "Проверьте ссылку в магазине."};

constexpr Texts english{"en",
                        "Confirm your payment",
                        "Shop",
                        "Order",
                        "Amount",
                        "Code from the SMS",
                        "This is a practice bank: the code is always 1234.",
                        "This is a practice bank: the money is not real.",
                        "Confirm",
                        "Pay by SBP",
                        "Cancel the payment",
                        "That code is wrong.",
                        "Attempts left: ",
                        "The time to pay is over",
                        "The payment was declined and no money was taken.",
                        "Back to the shop",
                        "There is no such payment",
                        "Check the link in the shop."};

const Texts& texts_of(Language language) { return language == Language::russian ? russian : english; }

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

// "1 999,00 ₽" or "₽1,999.00", with spaces that do not break.
std::string amount_text(std::int64_t amount_minor, Language language) {
  bool ru = language == Language::russian;
  auto whole = std::to_string(amount_minor / 100);
  for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3) {
    whole.insert(static_cast<std::size_t>(at), ru ? "\u00A0" : ",");
  }
  auto minor = amount_minor % 100;
  whole.append(ru ? "," : ".").append(minor < 10 ? "0" : "").append(std::to_string(minor));
  return ru ? whole + "\u00A0₽" : "₽" + whole;
}

// "http://127.0.0.1:8080" of an address that was checked when the payment was made.
std::string_view origin_of(std::string_view url) {
  auto host = url.find("://") + 3;
  return url.substr(0, std::min(url.find_first_of("/?#", host), url.size()));
}

}  // namespace

Language language_of(std::string_view accept_language) {
  auto quality = [&](std::string_view wanted) {
    double best = -1;
    for (auto rest = accept_language; !rest.empty();) {
      auto end = std::min(rest.find(','), rest.size());
      auto item = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (item.starts_with(' ')) item.remove_prefix(1);
      bool same = item.size() >= 2 && (item[0] | 0x20) == wanted[0] && (item[1] | 0x20) == wanted[1] &&
                  (item.size() == 2 || item[2] == '-' || item[2] == ';' || item[2] == ' ');
      if (!same) continue;
      auto q = item.find("q=");
      bool zero_point = q != std::string_view::npos && item.substr(q).starts_with("q=0");
      double value = zero_point && item.size() > q + 4 ? (item[q + 4] - '0') / 10.0 : zero_point ? 0 : 1;
      best = std::max(best, value);
    }
    return best;
  };
  auto english_quality = quality("en");
  return english_quality > 0 && english_quality > quality("ru") ? Language::english : Language::russian;
}

AcsPage::AcsPage(std::string merchant) : merchant_(escaped(merchant)) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int length = 0;
  EVP_Digest(style.data(), style.size(), digest.data(), &length, EVP_sha256(), nullptr);
  style_source_ = "'sha256-" + to_base64({reinterpret_cast<const char*>(digest.data()), length}) + "'";
}

HttpResponse AcsPage::page(int status, Language language, std::string_view body,
                           std::string_view form_targets) const {
  const auto& texts = texts_of(language);
  HttpResponse response{.status = status};
  response.headers.add("Content-Type", "text/html; charset=utf-8");
  // A browser asks form-action also for the redirect that answers the form.
  response.headers.add("Content-Security-Policy", "default-src 'none'; style-src " + style_source_ +
                                                      "; form-action 'self' " + std::string(form_targets) +
                                                      "; base-uri 'none'; frame-ancestors 'none'");
  response.headers.add("Referrer-Policy", "no-referrer");
  response.headers.add("X-Frame-Options", "DENY");
  response.headers.add("Content-Language", std::string(texts.code));
  response.headers.add("Vary", "Accept-Language");
  auto& html = response.body;
  html.reserve(style.size() + body.size() + 512);
  html.append("<!doctype html>\n<html lang=\"").append(texts.code);
  html.append("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
              "content=\"width=device-width,initial-scale=1\">"
              "<meta name=\"robots\" content=\"noindex\"><title>");
  html.append(texts.title).append("</title><style>").append(style).append("</style></head>\n<body><main>\n");
  html.append(body).append("</main></body></html>\n");
  return response;
}

HttpResponse AcsPage::form(const BankPayment& payment, Language language, bool wrong_code) const {
  const auto& texts = texts_of(language);
  bool sbp = payment.method == BankMethod::sbp;
  std::string html;
  html.reserve(2048);
  auto row = [&](std::string_view name, std::string_view value, std::string_view attributes) {
    html.append("<dt>")
        .append(name)
        .append("</dt><dd")
        .append(attributes)
        .append(">")
        .append(value)
        .append("</dd>");
  };
  html.append("<h1>").append(texts.title).append("</h1>\n<dl>");
  row(texts.merchant, merchant_, "");
  row(texts.order, escaped(payment.order_id), "");
  row(texts.amount, amount_text(payment.amount_minor, language), " class=\"sum\"");
  html.append("</dl>\n<form method=\"post\">\n");
  if (wrong_code) {
    html.append("<p class=\"error\" id=\"error\" role=\"alert\">").append(texts.wrong).append(" ");
    html.append(texts.attempts)
        .append(std::to_string(allowed_wrong_codes - payment.wrong_codes))
        .append("</p>\n");
  }
  if (sbp) {
    html.append("<p class=\"hint\">")
        .append(texts.sbp_hint)
        .append("</p>\n<button name=\"confirm\" value=\"1\">");
    html.append(texts.pay);
  } else {
    html.append("<label for=\"code\">").append(texts.code_label);
    html.append(
        "</label>\n<input id=\"code\" name=\"code\" inputmode=\"numeric\" autocomplete=\"one-time-code\""
        " maxlength=\"8\" required autofocus aria-describedby=\"");
    html.append(wrong_code ? "error hint\" aria-invalid=\"true\"" : "hint\"");
    html.append(">\n<p class=\"hint\" id=\"hint\">")
        .append(texts.hint)
        .append("</p>\n<button>")
        .append(texts.confirm);
  }
  html.append("</button>\n<button class=\"quiet\" name=\"cancel\" value=\"1\" formnovalidate>")
      .append(texts.cancel);
  html.append("</button>\n</form>\n");
  return page(wrong_code ? 400 : 200, language, html, origin_of(payment.return_url));
}

HttpResponse AcsPage::expired(const BankPayment& payment, Language language) const {
  const auto& texts = texts_of(language);
  std::string html = "<h1>" + std::string(texts.expired) + "</h1>\n<p>" + std::string(texts.expired_hint) +
                     "</p>\n<p><a href=\"" + escaped(return_address(payment)) + "\">" +
                     std::string(texts.back) + "</a></p>\n";
  return page(410, language, html, "");
}

HttpResponse AcsPage::unknown(Language language) const {
  const auto& texts = texts_of(language);
  return page(404, language,
              "<h1>" + std::string(texts.unknown) + "</h1>\n<p>" + std::string(texts.unknown_hint) + "</p>\n",
              "");
}

HttpResponse AcsPage::back(const BankPayment& payment) {
  HttpResponse response{.status = 303};
  response.headers.add("Location", return_address(payment));
  return response;
}

std::string return_address(const BankPayment& payment) {
  auto fragment = std::min(payment.return_url.find('#'), payment.return_url.size());
  auto address = payment.return_url.substr(0, fragment);
  address += address.find('?') == std::string::npos ? '?' : '&';
  address += "payment_id=" + percent_encode(payment.payment_id);
  return address + payment.return_url.substr(fragment);
}

}  // namespace bramble::sandbox
