// The pages refuse forged and stolen requests.
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/journeys/page_buyer.h"

namespace bramble::journeys {
namespace {

World& world() {
  static World one;
  return one;
}

TEST(PageSafety, NoFormIsTakenWithoutItsToken) {
  PageBuyer buyer(world());
  auto bank = buyer.order(world().plenty());
  auto id = buyer.orders().at(0);
  const std::string paths[] = {"/sign-in",
                               "/sign-in/code",
                               "/sign-out",
                               "/cart/items",
                               "/cart/items/sku_1",
                               "/cart/fit",
                               "/checkout",
                               "/language",
                               "/theme",
                               "/orders/" + id + "/cancel",
                               "/orders/" + id + "/again"};
  for (const auto& path : paths) {
    for (const char* token : {"", "AAAA"}) {
      HtmlForm form{path, "post", "", {{"csrf", token}, {"back", "/"}}, {}, {}};
      EXPECT_EQ(buyer.browser.send(buyer.browser.home() + "/", form).status, 403) << path;
    }
  }
  EXPECT_EQ(buyer.browser.open("/orders/" + id).status, 200);
}

TEST(PageSafety, AFormOfAnotherSiteIsRefusedEvenWithATokenThatItStole) {
  PageBuyer buyer(world());
  auto page = buyer.sign_in("/cart");
  auto request = buyer.browser.request_of(page.url, page.form("/sign-out"));
  request.headers.set("Origin", "https://evil.test");
  EXPECT_EQ(buyer.browser.exchange(request).status, 403);
  request.headers.set("Origin", buyer.browser.home());
  request.headers.set("Sec-Fetch-Site", "cross-site");
  EXPECT_EQ(buyer.browser.exchange(request).status, 403);
  EXPECT_EQ(buyer.browser.open("/account").path(), "/account");
}

TEST(PageSafety, ATokenOfSomebodyElseIsNoGood) {
  PageBuyer buyer(world());
  PageBuyer other(world());
  auto theirs = other.sign_in("/cart").form("/sign-out");
  auto own = buyer.sign_in("/cart");
  auto refused = buyer.browser.send(own.url, theirs);
  EXPECT_EQ(refused.status, 403);
}

TEST(PageSafety, OrdersOfSomebodyElseAreNotThere) {
  PageBuyer owner(world());
  owner.order(world().plenty());
  auto id = owner.orders().at(0);
  PageBuyer other(world());
  auto page = other.sign_in("/cart");
  for (const auto& path : {"/orders/" + id, "/orders/" + id + "/cancel", "/payment/return?order_id=" + id}) {
    EXPECT_EQ(other.browser.open(path).status, 404) << path;
  }
  auto csrf = page.form("/sign-out").value("csrf");
  for (const auto& path : {"/orders/" + id + "/cancel", "/orders/" + id + "/again"}) {
    HtmlForm form{path, "post", "", {{"csrf", csrf}}, {}, {}};
    EXPECT_EQ(other.browser.send(page.url, form).status, 404) << path;
  }
  EXPECT_TRUE(owner.browser.open("/orders/" + id).says("Awaiting payment"));
}

TEST(PageSafety, NothingLeadsToAnotherSite) {
  for (const char* target :
       {"https://evil.test", "//evil.test", "/\\evil.test", "\\\\evil.test", "/%09/evil.test",
        "javascript:alert(1)", "/\n//evil.test", "https:evil.test", "///evil.test"}) {
    PageBuyer buyer(world());
    auto page = buyer.browser.open("/sign-in?back=" + percent_encode(target));
    EXPECT_EQ(page.html.find("href=\"https://evil.test"), std::string::npos) << target;
    auto asked = buyer.browser.submit(page, "/sign-in", {{"phone", buyer.phone}, {"back", target}});
    auto request = buyer.browser.request_of(asked.url, asked.form("/sign-in/code"),
                                            {{"code", buyer.code()}, {"back", target}});
    auto answer = buyer.browser.exchange(request);
    EXPECT_EQ(answer.status, 303) << target;
    auto location = std::string(answer.headers.get("Location"));
    EXPECT_TRUE(location.starts_with('/') && !location.starts_with("//") && !location.starts_with("/\\"))
        << location;
    auto returned = buyer.browser.open("/payment/return?order_id=" + percent_encode(target));
    EXPECT_EQ(returned.status, 404) << target;
  }
}

TEST(PageSafety, WhatWasTypedComesBackAsText) {
  PageBuyer buyer(world());
  buyer.sign_in();
  buyer.put_in_cart(world().plenty());
  const std::string hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'";
  for (const auto& path :
       {"/checkout?near=" + percent_encode(hostile), "/sign-in?phone=" + percent_encode(hostile),
        "/orders?page=" + percent_encode(hostile), "/payment/return?order_id=" + percent_encode(hostile)}) {
    auto page = buyer.browser.open(path);
    EXPECT_EQ(page.html.find("<script>alert"), std::string::npos) << path;
    EXPECT_EQ(page.html.find("<img src=x"), std::string::npos) << path;
  }
}

TEST(PageSafety, PagesCannotBeFramedAndCookiesCannotBeRead) {
  PageBuyer buyer(world());
  auto page = buyer.sign_in("/account");
  EXPECT_EQ(page.headers.get("X-Frame-Options"), "DENY");
  EXPECT_EQ(page.headers.get("Cache-Control"), "no-store");
  auto policy = std::string(page.headers.get("Content-Security-Policy"));
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe-inline"), std::string::npos);
  EXPECT_NE(policy.find("form-action 'self' " + world().instance.sandbox()), std::string::npos);
  Browser fresh(world().client, world().instance.storefront());
  auto answer = fresh.exchange(get(world().instance.storefront() + "/cart"));
  for (const auto& [name, value] : answer.headers) {
    if (name != "Set-Cookie" && name != "set-cookie") continue;
    EXPECT_NE(value.find("HttpOnly"), std::string::npos) << value;
    EXPECT_NE(value.find("SameSite=Lax"), std::string::npos) << value;
  }
}

TEST(PageSafety, TheDataAreWhole) { world().expect_consistent(); }

}  // namespace
}  // namespace bramble::journeys
