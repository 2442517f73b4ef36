#include "gateways/pages/assets.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "gateways/edge/problem.h"
#include "testing/run.h"
#include "web/web_files.h"

namespace bramble::pages {
namespace {

HttpHeaders headers(std::initializer_list<std::pair<std::string, std::string>> fields) {
  HttpHeaders made;
  for (const auto& [name, value] : fields) made.add(name, value);
  return made;
}

Asset style() { return find_asset(asset_url("storefront.css")).value(); }

HttpResponse get(std::string path) {
  HttpRequest request{.method = "GET", .path = std::move(path), .query = {}, .headers = {}, .body = {}};
  edge::HttpCall http;
  http.request = &request;
  return run_sync(asset_routes().front().run(http));
}

TEST(Assets, EveryFileIsFoundByItsAddressAndNoOther) {
  ASSERT_FALSE(web_files().empty());
  for (const auto& file : web_files()) {
    auto asset = find_asset(file.path);
    ASSERT_TRUE(asset) << file.path;
    EXPECT_EQ(asset->bytes.size(), file.plain_size);
    EXPECT_FALSE(asset->bytes.empty()) << file.path;
  }
  EXPECT_FALSE(find_asset("/assets/"));
  EXPECT_FALSE(find_asset("/assets/storefront.css"));
  EXPECT_FALSE(find_asset("/assets/../web/package.json"));
  EXPECT_FALSE(find_asset(""));
}

TEST(Assets, EveryNameLeadsToAFile) {
  for (const auto& name : web_names()) EXPECT_TRUE(find_asset(asset_url(name.name))) << name.name;
  for (auto name :
       {"storefront.js", "terminal.js", "terminal.css", "console.js", "console.css", "icons.svg"}) {
    EXPECT_TRUE(asset_url(name).starts_with("/assets/")) << name;
  }
  EXPECT_EQ(asset_url("app-192.png"), "/app-192.png");
  EXPECT_THROW(asset_url("no-such.css"), Error);
}

TEST(Assets, AHashedAddressIsKeptForEverAndAFixedOneIsAskedAgain) {
  EXPECT_EQ(asset_response(style(), {}).headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(asset_response(find_asset("/favicon.png").value(), {}).headers.get("Cache-Control"), "no-cache");
}

TEST(Assets, GoOutInTheBestCodingThatIsAccepted) {
  auto asset = style();
  struct Row {
    std::string accepts, coding;
    std::string_view body;
  };
  for (const auto& row : {Row{"gzip, deflate, br", "br", asset.brotli}, Row{"gzip", "gzip", asset.gzip},
                          Row{"br;q=0, gzip", "gzip", asset.gzip}, Row{"", "", asset.bytes}}) {
    auto response = asset_response(asset, headers({{"Accept-Encoding", row.accepts}}));
    EXPECT_EQ(response.headers.get("Content-Encoding"), row.coding) << row.accepts;
    EXPECT_EQ(response.body, row.body) << row.accepts;
    EXPECT_EQ(response.headers.get("Vary"), "Accept-Encoding");
    EXPECT_EQ(response.headers.get("Content-Type"), "text/css; charset=utf-8");
  }
  EXPECT_LT(asset.brotli.size(), asset.bytes.size());
}

TEST(Assets, AFontIsSentAsItIs) {
  auto font = find_asset(asset_url("onest-latin.woff2")).value();
  auto response = asset_response(font, headers({{"Accept-Encoding", "br, gzip"}}));
  EXPECT_FALSE(response.headers.has("Content-Encoding"));
  EXPECT_EQ(response.headers.get("Content-Type"), "font/woff2");
  EXPECT_TRUE(response.body.starts_with("wOF2"));
}

TEST(Assets, WhoHasThisVersionIsSentNothing) {
  auto first = asset_response(style(), headers({{"Accept-Encoding", "br"}}));
  std::string tag(first.headers.get("ETag"));
  auto again = asset_response(style(), headers({{"Accept-Encoding", "br"}, {"If-None-Match", tag}}));
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  EXPECT_EQ(again.headers.get("ETag"), tag);
  auto other = asset_response(style(), headers({{"If-None-Match", tag}}));
  EXPECT_EQ(other.status, 200) << "another coding is another representation";
  EXPECT_NE(other.headers.get("ETag"), tag);
}

TEST(Assets, TheRouteServesThemAndRefusesWhatIsNot) {
  auto response = get(std::string(asset_url("icons.svg")));
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(response.body.find("<symbol id=\"shopping-cart\""), std::string::npos);
  EXPECT_THROW(get("/assets/none.12345678.css"), edge::Problem);
}

}  // namespace
}  // namespace bramble::pages
