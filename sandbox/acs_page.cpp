#include "sandbox/acs_page.h"

#include "base/text.h"
#include "sandbox/page_shell.h"
#include "sandbox/sbp_picture.h"

namespace bramble::sandbox {
namespace {

// Only one test card asks for a code, so every payer who sees this page has that card.
constexpr std::string_view masked_card = "МИР •••• 0042";
constexpr std::string_view masked_card_english = "MIR •••• 0042";

constexpr std::string_view mark =
    R"(<svg viewBox="0 0 28 28" aria-hidden="true"><path fill="currentColor" d="M14 2 2 9v2h24V9zM5 13h3v8H5zm7.5 )"
    R"(0h3v8h-3zM20 13h3v8h-3zM2 23h24v3H2z"/></svg>)";
constexpr std::string_view lock =
    R"(<svg viewBox="0 0 16 16" aria-hidden="true"><path fill="currentColor" d="M5 7V5a3 3 0 0 1 6 0v2h1a1 1 0 0 1 1 )"
    R"(1v5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zm1.5 0h3V5a1.5 1.5 0 0 0-3 0z"/></svg>)";

// The origin, "http://127.0.0.1:8080", of an address that was checked when the payment was created.
std::string_view origin_of(std::string_view url) {
  auto host = url.find("://") + 3;
  return url.substr(0, std::min(url.find_first_of("/?#", host), url.size()));
}

std::string time_left(const BankPayment& payment, const AcsTexts& texts, Time now) {
  auto left = (payment.session_expires_at - now).us / minutes(1).us;
  if (left < 1) return std::string(texts.less_than_a_minute);
  return joined({std::to_string(left), "\u00A0", texts.minutes});
}

std::string card_fields(const AcsTexts& texts, bool wrong_code) {
  return joined(
      {"<label for=\"code\">", texts.code_label,
       "</label>\n<input id=\"code\" name=\"code\" inputmode=\"numeric\" autocomplete=\"one-time-code\""
       " maxlength=\"8\" required autofocus aria-describedby=\"",
       wrong_code ? "error hint\" aria-invalid=\"true" : "hint", "\">\n<p class=\"hint\" id=\"hint\">",
       texts.code_hint, "</p>\n<button>", texts.confirm, "</button>\n"});
}

std::string sbp_fields(const BankPayment& payment, const AcsTexts& texts) {
  return joined({sbp_picture(payment.bank_payment_id), "\n<p class=\"sbp-steps\">", texts.sbp_steps,
                 "</p>\n<button name=\"confirm\" value=\"1\">", texts.sbp_confirm, "</button>\n"});
}

}  // namespace

AcsPage::AcsPage(std::string merchant) : merchant_(escaped(merchant)) {}

HttpResponse AcsPage::page(int status, Language language, std::string_view title, std::string_view body,
                           std::string_view form_targets) const {
  const auto& texts = acs_texts(language);
  auto owner = joined({mark, texts.bank});
  auto badge = joined({"<span class=\"bank__secure\">", lock, texts.secure, "</span>"});
  return shell_page(status, {language, title, owner, body, texts.practice, badge, form_targets});
}

std::string AcsPage::facts(const BankPayment& payment, Language language, Time now) const {
  const auto& texts = acs_texts(language);
  std::string html = "<dl class=\"facts\">";
  auto row = [&](std::string_view name, std::string_view value, std::string_view attributes = "") {
    html += joined({"<div><dt>", name, "</dt><dd", attributes, ">", value, "</dd></div>"});
  };
  row(texts.pay_to, merchant_);
  row(texts.order, escaped(payment.order_id), " class=\"facts__long\"");
  if (payment.method == BankMethod::card) {
    row(texts.card, language == Language::russian ? masked_card : masked_card_english);
  }
  row(texts.time_left, time_left(payment, texts, now));
  return html + "</dl>\n";
}

HttpResponse AcsPage::form(const BankPayment& payment, Language language, bool wrong_code, Time now) const {
  const auto& texts = acs_texts(language);
  bool sbp = payment.method == BankMethod::sbp;
  auto title = sbp ? texts.sbp_title : texts.card_title;
  auto html =
      joined({"<h1>", title, "</h1>\n<p class=\"amount\">", amount_text(payment.amount_minor, language),
              "</p>\n", facts(payment, language, now), "<form method=\"post\">\n"});
  if (wrong_code) {
    auto left = std::to_string(allowed_wrong_codes - payment.wrong_codes);
    html += joined({"<p class=\"error\" id=\"error\" role=\"alert\">", texts.wrong_code, " ",
                    texts.attempts_left, left, "</p>\n"});
  }
  html += sbp ? sbp_fields(payment, texts) : card_fields(texts, wrong_code);
  html += joined({"<button class=\"quiet\" name=\"cancel\" value=\"1\" formnovalidate>", texts.cancel,
                  "</button>\n</form>\n"});
  auto response = page(wrong_code ? 400 : 200, language, title, html, origin_of(payment.return_url));
  // The page reloads when the session ends, and shows that it has ended.
  auto left_s = std::max<std::int64_t>((payment.session_expires_at - now).us / seconds(1).us, 0) + 1;
  response.headers.add("Refresh", std::to_string(left_s) + "; url=/acs/" + payment.bank_payment_id);
  return response;
}

HttpResponse AcsPage::expired(const BankPayment& payment, Language language) const {
  const auto& texts = acs_texts(language);
  auto html = joined({"<h1>", texts.expired, "</h1>\n<p class=\"amount\">",
                      amount_text(payment.amount_minor, language), "</p>\n<p>", texts.expired_hint,
                      "</p>\n<a class=\"button\" href=\"", escaped(return_address(payment)), "\">",
                      texts.back, "</a>\n"});
  return page(410, language, texts.expired, html, "");
}

HttpResponse AcsPage::unknown(Language language) const {
  const auto& texts = acs_texts(language);
  return page(404, language, texts.unknown,
              joined({"<h1>", texts.unknown, "</h1>\n<p>", texts.unknown_hint, "</p>\n"}), "");
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
