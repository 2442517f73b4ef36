#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "testing/scratch_folder.h"
#include "tests/harness/instance.h"
#include "tests/harness/people.h"
#include "tests/harness/wire.h"

namespace bramble {
namespace {

using namespace harness;

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::size_t page_bytes = 14 << 10;        // a page, compressed
constexpr std::size_t first_view_bytes = 60 << 10;  // with its styles, scripts, icons and fonts

std::string between(const std::string& text, std::string_view before, std::string_view after) {
  auto begin = text.find(before);
  if (begin == std::string::npos) return {};
  begin += before.size();
  return text.substr(begin, text.find(after, begin) - begin);
}

std::string line(std::string_view name, std::string_view value) {
  return std::string(name) + ": " + std::string(value) + "\r\n";
}

// A browser that has seen a page: its cookie and the token in its forms.
struct Browser {
  std::string cookies;
  std::string csrf;

  explicit Browser(Wire& shop, std::string cookies_before = {}) : cookies(std::move(cookies_before)) {
    auto page = shop.ask("GET", "/", line("Cookie", cookies));
    csrf = between(page.body, "<meta name=\"csrf-token\" content=\"", "\"");
    auto cookie = "csrf=" + between(page.head(), "csrf=", ";");
    cookies += (cookies.empty() ? "" : "; ") + cookie;
  }
  std::string header() const { return line("Cookie", cookies); }
};

class ShopPages : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<ScratchFolder>();
    instance_ = std::make_unique<Instance>(
        InstanceOptions{.data = folder_->path() + "/data", .arguments = {"--demo=small"}});
  }
  static void TearDownTestSuite() {
    instance_.reset();
    folder_.reset();
  }
  std::string some_product(std::string_view member) {
    auto found = shop.ask("GET", "/api/v1/search?in_stock=true&limit=1").json();
    return std::string((*found.root()["items"].begin())[member].text());
  }

  static std::unique_ptr<ScratchFolder> folder_;
  static std::unique_ptr<Instance> instance_;
  Wire shop{instance_->storefront()};
};

std::unique_ptr<ScratchFolder> ShopPages::folder_;
std::unique_ptr<Instance> ShopPages::instance_;

TEST_F(ShopPages, NoPageCanBeFramedOrRunsWhatIsWrittenIntoIt) {
  auto product = "/product/" + some_product("product_id");
  for (const auto& path :
       {std::string("/"), product, std::string("/search?q=%3Cscript%3Ealert(1)%3C/script%3E"),
        std::string("/categories"), std::string("/nowhere"), std::string("/design")}) {
    auto page = shop.ask("GET", path, line("Accept", "text/html"));
    EXPECT_EQ(page.status, path == "/nowhere" ? 404 : 200) << path;
    auto policy = page.header("content-security-policy");
    for (auto* part : {"default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'",
                       "object-src 'none'"}) {
      EXPECT_NE(policy.find(part), std::string::npos) << path << ": " << policy;
    }
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(page.header("x-frame-options"), "DENY") << path;
    EXPECT_EQ(page.header("x-content-type-options"), "nosniff") << path;
    EXPECT_NE(page.header("referrer-policy"), "") << path;
    EXPECT_EQ(page.header("cross-origin-opener-policy"), "same-origin") << path;
    // What the policy would not run should not be there at all.
    EXPECT_EQ(page.body.find("alert(1)</script>"), std::string::npos) << path;
    EXPECT_FALSE(std::regex_search(page.body, std::regex(R"(<[^>]+\s(style|on[a-z]+)\s*=)"))) << path;
    EXPECT_FALSE(std::regex_search(page.body, std::regex(R"(<script(?![^>]*(src=|application/ld\+json)))")))
        << path;
    EXPECT_FALSE(std::regex_search(page.body, std::regex(R"((src|href)="https?://(?!127\.0\.0\.1))")))
        << path;
  }
}

TEST_F(ShopPages, EveryCookieIsHiddenFromScriptsAndStaysOnOurSite) {
  Browser browser(shop);
  auto product = some_product("sku_id");
  auto added = shop.ask("POST", "/cart/items", browser.header(),
                        "sku_id=" + product + "&quantity=1&csrf=" + browser.csrf, form_type);
  auto chosen = shop.ask("POST", "/theme", browser.header(), "theme=dark&csrf=" + browser.csrf, form_type);
  for (const auto& head : {shop.ask("GET", "/").head(), added.head(), chosen.head()}) {
    for (auto at = head.find("Set-Cookie:"); at != std::string::npos; at = head.find("Set-Cookie:", at + 1)) {
      auto cookie = head.substr(at, head.find("\r\n", at) - at);
      EXPECT_NE(cookie.find("; HttpOnly; SameSite=Lax"), std::string::npos) << cookie;
      EXPECT_NE(cookie.find("; Path=/"), std::string::npos) << cookie;
      EXPECT_EQ(cookie.find("Domain"), std::string::npos) << cookie;
    }
  }
}

TEST_F(ShopPages, AFormOfAnotherSiteChangesNothing) {
  Browser browser(shop);
  auto form = [&](std::string_view headers, std::string_view token) {
    return shop.ask("POST", "/language", browser.header() + std::string(headers),
                    "language=en&csrf=" + std::string(token), form_type);
  };
  EXPECT_EQ(form("", browser.csrf).status, 303);
  EXPECT_EQ(form("", "").status, 403);
  EXPECT_EQ(form("", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").status, 403);
  EXPECT_EQ(form("Sec-Fetch-Site: cross-site\r\n", browser.csrf).status, 403);
  EXPECT_EQ(form("Origin: https://evil.example\r\n", browser.csrf).status, 403);
  Browser attacker(shop);
  EXPECT_EQ(form("", attacker.csrf).status, 403);
  auto plain =
      shop.ask("POST", "/language", browser.header(), "language=en&csrf=" + browser.csrf, "text/plain");
  EXPECT_EQ(plain.status, 415);
}

TEST_F(ShopPages, NoFormLeadsToAnotherSite) {
  Browser browser(shop);
  for (auto* back : {"//evil.example", "https://evil.example", "/%5Cevil.example", "%5C%5Cevil.example",
                     "javascript:alert(1)", "/%0d%0aSet-Cookie:x=1", "/%09/evil.example"}) {
    auto answer = shop.ask("POST", "/language", browser.header(),
                           "language=ru&back=" + std::string(back) + "&csrf=" + browser.csrf, form_type);
    EXPECT_EQ(answer.status, 303) << back;
    EXPECT_EQ(answer.header("location"), "/") << back;
  }
}

TEST_F(ShopPages, TheApiTakesABrowsersSessionWithItsProof) {
  auto session = sign_in_buyer(*instance_, "+79007770001");
  Browser browser(shop, "access=" + session.access_token);
  auto mine = shop.ask("GET", "/api/v1/orders", browser.header());
  EXPECT_EQ(mine.status, 200);
  auto token = mine.header("x-csrf-token");
  EXPECT_NE(token, browser.csrf) << "each answer has a mask of its own";
  auto sku = some_product("sku_id");
  auto put = [&](std::string_view headers) {
    return shop.ask("PUT", "/api/v1/cart/items/" + sku, browser.header() + std::string(headers),
                    "{\"quantity\":1}");
  };
  auto refused = put("");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.text("code"), "csrf");
  EXPECT_EQ(put(line("X-CSRF-Token", token)).status, 200);
  EXPECT_EQ(put(line("X-CSRF-Token", browser.csrf)).status, 200);
  EXPECT_EQ(put(line("X-CSRF-Token", token) + "Sec-Fetch-Site: cross-site\r\n").text("code"), "cross_site");
}

TEST_F(ShopPages, ASessionIsRenewedOnTheWayAndTwoTabsAreNoThieves) {
  auto session = sign_in_buyer(*instance_, "+79007770002");
  auto cookie = line("Cookie", "refresh=" + session.refresh_token);
  auto first = shop.ask("GET", "/api/v1/orders", cookie);
  EXPECT_EQ(first.status, 200);
  auto second = shop.ask("GET", "/", cookie);
  EXPECT_EQ(second.status, 200);
  auto access = between(first.head(), "access=", ";");
  EXPECT_FALSE(access.empty());
  EXPECT_EQ(between(second.head(), "access=", ";"), access);
  EXPECT_NE(second.body.find("data-signed-in"), std::string::npos);
  EXPECT_EQ(shop.ask("GET", "/api/v1/orders", line("Cookie", "access=" + access)).status, 200);
  auto stranger = shop.ask("GET", "/api/v1/orders", line("Cookie", "refresh=nonsense"));
  EXPECT_EQ(stranger.status, 401);
  EXPECT_NE(stranger.head().find("Set-Cookie: refresh=; Path=/; Max-Age=0"), std::string::npos);
}

TEST_F(ShopPages, CookiesOfTheShopAreNoKeysToTheWarehouse) {
  auto buyer = sign_in_buyer(*instance_, "+79007770003");
  auto staff = sign_in_staff(*instance_, instance_->login("admin"));
  Wire ops(instance_->ops());
  auto ask = [&](const std::string& cookies) {
    return ops.ask("GET", "/api/v1/warehouse/sites", line("Cookie", cookies)).status;
  };
  EXPECT_EQ(ask("access=" + buyer.access_token), 401);
  EXPECT_EQ(ask("ops_access=" + buyer.access_token), 401);
  EXPECT_EQ(ask("access=" + staff.access_token), 401);
  EXPECT_EQ(ask("ops_access=" + staff.access_token), 200);
}

TEST_F(ShopPages, PagesAreLight) {
  auto accepts = line("Accept-Encoding", "br");
  for (const auto& path :
       {"/product/" + some_product("product_id"), std::string("/search?q=%D0%B0"), std::string("/")}) {
    auto page = shop.ask("GET", path, accepts);
    EXPECT_EQ(page.header("content-encoding"), "br") << path;
    EXPECT_LE(page.body.size(), page_bytes) << path;
    auto plain = shop.ask("GET", path).body;
    std::set<std::string> assets;
    std::regex address(R"re("(/assets/[^"#]+))re");
    for (std::sregex_iterator at(plain.begin(), plain.end(), address), end; at != end; ++at) {
      // An app's picture is loaded by who installs it.
      if (!(*at)[1].str().ends_with(".png")) assets.insert((*at)[1]);
    }
    auto total = page.body.size();
    for (const auto& asset : assets) {
      auto loaded = shop.ask("GET", asset, accepts);
      EXPECT_EQ(loaded.status, 200) << asset;
      total += loaded.body.size();
    }
    EXPECT_LE(total, first_view_bytes) << path;
  }
}

}  // namespace
}  // namespace bramble
