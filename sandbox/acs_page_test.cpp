#include "sandbox/acs_page.h"

#include <gtest/gtest.h>

#include "sandbox/page_shell.h"
#include "sandbox/payer_form.h"
#include "sandbox/phone_page.h"

namespace bramble::sandbox {
namespace {

constexpr Time now{1'700'000'000'000'000};

BankPayment waiting() {
  BankPayment payment;
  payment.bank_payment_id = "bpy_1";
  payment.payment_id = "pay_1&x=<1>";
  payment.order_id = "ord_<script>alert(1)</script>\"'&";
  payment.amount_minor = 123'456'705;
  payment.return_url = "https://shop.test:8443/return";
  payment.session_expires_at = now + minutes(14) + seconds(30);
  return payment;
}

TEST(AcsPage, NothingFromOutsideIsMarkup) {
  AcsPage page("<b>Shop & Co</b>");
  auto answer = page.form(waiting(), Language::english, false, now);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.find("<script"), std::string::npos);
  EXPECT_EQ(answer.body.find("<b>"), std::string::npos);
  EXPECT_NE(answer.body.find("ord_&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"), std::string::npos);
  EXPECT_NE(answer.body.find("₽1,234,567.05"), std::string::npos);
}

TEST(AcsPage, ThePolicyLetsTheFormReturnToTheShopAndNothingElse) {
  auto answer = AcsPage("Shop").form(waiting(), Language::russian, false, now);
  std::string policy(answer.headers.get("Content-Security-Policy"));
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(policy.find("form-action 'self' https://shop.test:8443;"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
}

TEST(AcsPage, AWrongCodeSaysHowManyAreLeft) {
  auto payment = waiting();
  payment.wrong_codes = 2;
  auto answer = AcsPage("Shop").form(payment, Language::english, true, now);
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("role=\"alert\">That code is wrong. Attempts left: 1<"), std::string::npos);
  EXPECT_NE(answer.body.find("aria-invalid=\"true\""), std::string::npos);
}

TEST(AcsPage, SaysWhoIsPaidFromWhichCardAndHowMuchTimeIsLeft) {
  auto payment = waiting();
  auto answer = AcsPage("Shop").form(payment, Language::english, false, now);
  for (const char* shown : {"<dd>Shop</dd>", "MIR •••• 0042", "14\u00A0min", "inputmode=\"numeric\"",
                            "autocomplete=\"one-time-code\"", "name=\"cancel\""}) {
    EXPECT_NE(answer.body.find(shown), std::string::npos) << shown;
  }
  EXPECT_EQ(answer.headers.get("Refresh"), "871; url=/acs/bpy_1");
  answer = AcsPage("Shop").form(payment, Language::russian, false, payment.session_expires_at - seconds(5));
  EXPECT_NE(answer.body.find("меньше минуты"), std::string::npos);
}

TEST(AcsPage, APaymentBySbpHasAPictureAndAButtonAndNoCard) {
  auto payment = waiting();
  payment.method = BankMethod::sbp;
  auto answer = AcsPage("Shop").form(payment, Language::russian, false, now);
  EXPECT_NE(answer.body.find("<svg class=\"code-picture\""), std::string::npos);
  EXPECT_NE(answer.body.find("name=\"confirm\""), std::string::npos);
  EXPECT_EQ(answer.body.find("0042"), std::string::npos);
  EXPECT_EQ(answer.body.find("name=\"code\""), std::string::npos);
}

TEST(AcsPage, TheStylesheetIsServedUnderTheAddressThatThePageNames) {
  auto body = AcsPage("Shop").unknown(Language::english).body;
  auto at = body.find("/acs-style/");
  ASSERT_NE(at, std::string::npos);
  auto path = body.substr(at, body.find('"', at) - at);
  EXPECT_EQ(shell_style(path).headers.get("Content-Type"), "text/css; charset=utf-8");
  EXPECT_EQ(shell_style("/acs-style/other.css").status, 404);
  EXPECT_EQ(body.find("<style"), std::string::npos);
  EXPECT_EQ(body.find("style=\""), std::string::npos);
}

TEST(AcsPage, TheBrowsersLanguageDecides) {
  const std::pair<const char*, Language> cases[] = {
      {"", Language::russian},
      {"ru-RU,ru;q=0.9,en;q=0.8", Language::russian},
      {"en-US,en;q=0.5", Language::english},
      {"de-DE, en;q=0.7, ru;q=0.3", Language::english},
      {"en;q=0", Language::russian},
      {"fr", Language::russian},
      {"EN", Language::english},
      {"en;q=", Language::english},
      {",;q=1,,en", Language::english},
  };
  for (const auto& [header, language] : cases) EXPECT_EQ(language_of(header), language) << header;
}

TEST(AcsPage, TheReturnAddressKeepsItsQueryAndFragment) {
  auto payment = waiting();
  EXPECT_EQ(return_address(payment), "https://shop.test:8443/return?payment_id=pay_1%26x%3D%3C1%3E");
  payment.payment_id = "pay_1";
  payment.return_url = "http://shop.test/return?lang=ru#done";
  EXPECT_EQ(return_address(payment), "http://shop.test/return?lang=ru&payment_id=pay_1#done");
}

TEST(PhonePage, ShowsTheCodeOfAMessageAndNothingFromOutsideAsMarkup) {
  SmsInbox inbox;
  inbox.items.push_back({"Bramble: ваш код 123456. <b>", "123456", now});
  auto page = phone_page("+7900\"><script>", inbox, Language::russian);
  EXPECT_NE(page.body.find("<strong class=\"message__code\">123456</strong>. &lt;b&gt;"), std::string::npos);
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  EXPECT_EQ(page.headers.get("Refresh"), "5");
  EXPECT_FALSE(phone_page("", {}, Language::english).headers.has("Refresh"));
}

TEST(PhonePage, TakesTheNumberAsItIsWrittenInAddresses) {
  const std::pair<const char*, const char*> cases[] = {{"number=%2B79001234567", "+79001234567"},
                                                       {"a=b&number=+79001234567", "+79001234567"},
                                                       {"number=8+(900)+123-45-67", "+79001234567"},
                                                       {"number=%2B44+(0)20+7946+0958", "+442079460958"},
                                                       {"number=12", "12"},
                                                       {"number=", ""},
                                                       {"number=%zz", "none"},
                                                       {"", "none"}};
  for (const auto& [query, number] : cases) {
    EXPECT_EQ(number_of({.method = "GET", .query = query}).value_or("none"), number) << query;
  }
}

TEST(PayerForm, SaysWhatThePayerDid) {
  struct Case {
    const char* body;
    std::optional<std::string> code;  // nothing: no action
    bool cancel = false;
  };
  const Case cases[] = {
      {"code=1234", "1234"},
      {"a=b&code=%31234", "1234"},
      {"code=1+2", "1 2"},
      {"cancel=1", "", true},
      {"code=1234&cancel=1", "", true},
      {"confirm=1", ""},
      {"confirm=0", std::nullopt},
      {"code=", std::nullopt},
      {"", std::nullopt},
      {"code", std::nullopt},
      {"code=1&code=1234", std::nullopt},
      {"code=%zz", std::nullopt},
      {"&&=&", std::nullopt},
  };
  for (const auto& given : cases) {
    auto action = read_payer_form({.method = "POST", .body = given.body});
    ASSERT_EQ(action.has_value(), given.code.has_value()) << given.body;
    if (!action) continue;
    EXPECT_EQ(action->code, *given.code) << given.body;
    EXPECT_EQ(action->cancel, given.cancel) << given.body;
  }
  HttpRequest json{.method = "POST", .body = "{\"code\":\"1234\"}"};
  json.headers.add("Content-Type", "application/json");
  EXPECT_THROW(read_payer_form(json), Error);
}

}  // namespace
}  // namespace bramble::sandbox
