#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "gateways/edge/problem.h"
#include "gateways/media/brand_mark.h"
#include "gateways/media/media_routes.h"
#include "gateways/media/picture.h"
#include "gateways/media/placeholder.h"
#include "gateways/media/tint.h"
#include "testing/run.h"
#include "web/art/art.h"

namespace bramble::media {
namespace {

// Reads as much of XML as pictures have: elements that close in their order, attributes in double quotes,
// each name once, no stray "<" and "&". Collects the ids.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : left_(text) {}

  // Empty if it is well-formed.
  std::string problem() {
    while (problem_.empty() && !left_.empty()) {
      if (left_.starts_with("</")) close();
      else if (left_.starts_with("<")) open();
      else text();
    }
    if (problem_.empty() && !open_.empty()) problem_ = "not closed: " + open_.back();
    return problem_;
  }
  const std::multiset<std::string>& ids() const { return ids_; }
  const std::set<std::string>& references() const { return references_; }

 private:
  std::string_view cut(std::string_view until) {
    auto end = std::min(left_.find_first_of(until), left_.size());
    auto part = left_.substr(0, end);
    left_.remove_prefix(end);
    return part;
  }
  void close() {
    left_.remove_prefix(2);
    auto name = cut(">");
    if (open_.empty() || open_.back() != name || left_.empty()) return fail("</", name);
    open_.pop_back();
    left_.remove_prefix(1);
  }
  void open() {
    left_.remove_prefix(1);
    std::string name(cut(" />"));
    std::set<std::string_view> seen;
    while (left_.starts_with(" ")) {
      left_.remove_prefix(1);
      auto key = cut("=");
      if (!left_.starts_with("=\"")) return fail("attribute of ", name);
      left_.remove_prefix(2);
      auto value = cut("\"");
      if (left_.empty() || !seen.insert(key).second || !is_text(value)) return fail("value of ", key);
      left_.remove_prefix(1);
      note(key, value);
    }
    bool is_empty = left_.starts_with("/>");
    if (!is_empty && !left_.starts_with(">")) return fail("<", name);
    left_.remove_prefix(is_empty ? 2 : 1);
    if (!is_empty) open_.push_back(std::move(name));
  }
  void text() {
    auto text = cut("<");
    if (!is_text(text)) fail("text ", text);
  }
  void note(std::string_view key, std::string_view value) {
    if (key == "id") ids_.insert(std::string(value));
    if (value.starts_with("url(#")) references_.insert(std::string(value.substr(5, value.size() - 6)));
    if (key == "href") references_.insert(std::string(value.substr(1)));
    if (key == "style" || key.starts_with("on")) fail("attribute ", key);
  }
  static bool is_text(std::string_view text) {
    for (auto at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
      auto entity = text.substr(at);
      bool known = entity.starts_with("&lt;") || entity.starts_with("&gt;") || entity.starts_with("&amp;") ||
                   entity.starts_with("&quot;") || entity.starts_with("&#39;");
      if (!known) return false;
    }
    return text.find('<') == std::string_view::npos;
  }
  void fail(std::string_view what, std::string_view which) {
    problem_ = std::string(what) + std::string(which);
  }

  std::string_view left_;
  std::string problem_;
  std::vector<std::string> open_;
  std::multiset<std::string> ids_;
  std::set<std::string> references_;
};

void expect_good(const std::string& svg, const std::string& which) {
  XmlReader reader(svg);
  EXPECT_EQ(reader.problem(), "") << which;
  for (const auto& id : reader.ids()) EXPECT_EQ(reader.ids().count(id), 1u) << which << " " << id;
  for (const auto& id : reader.references()) EXPECT_TRUE(reader.ids().contains(id)) << which << " " << id;
  EXPECT_LT(svg.size(), 24'000u) << which;
  EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"600\""))
      << which;
}

TEST(Pictures, EveryDrawingMakesWellFormedPicturesOfEveryView) {
  ASSERT_GE(all_art().size(), 80u);
  for (const auto& art : all_art()) {
    std::string name(art.name);
    for (int view = 1; view <= views; ++view) {
      GoodsPicture picture{name, view % 2 ? "navy" : "", "Nordvik", static_cast<std::uint32_t>(view * 31),
                           static_cast<View>(view)};
      expect_good(*goods_svg(picture), goods_address(picture));
    }
    expect_good(*category_svg(name), "category " + name);
    expect_good(*missing_svg(name), "missing " + name);
    EXPECT_LT(art.left, art.right) << name;
    EXPECT_LT(art.top, art.bottom) << name;
  }
}

TEST(Pictures, TheSameAddressGivesTheSameBytes) {
  GoodsPicture picture{"t-shirt", "red", "Волга", 17, View::turned};
  EXPECT_EQ(*goods_svg(picture), *goods_svg(picture));
  auto other = picture;
  other.seed = 18;
  EXPECT_NE(*goods_svg(picture), *goods_svg(other));
}

TEST(Pictures, WhatNobodyKnowsHasNone) {
  EXPECT_FALSE(goods_svg({"no-such-thing", "", "", 1, View::front}));
  EXPECT_FALSE(goods_svg({"t-shirt", "ultraviolet", "", 1, View::front}));
  EXPECT_FALSE(category_svg(""));
  EXPECT_FALSE(missing_svg("zzz"));
}

TEST(Pictures, ABrandsNameIsTextWhateverItSays) {
  for (const char* brand : {"<script>alert(1)</script>", "\"/><image href=\"x", "A & B", "'onload='x", "]]>",
                            "&lt;", "Очень длинное имя бренда, какого нет", "☃ ⛄"}) {
    auto svg = *goods_svg({"mirror", "", brand, 3, View::front});
    expect_good(svg, brand);
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    EXPECT_EQ(svg.find("<image"), std::string::npos);
  }
  EXPECT_NE(brand_mark("Harbor & Pine").find(">HP</text>"), std::string::npos);
}

TEST(Tint, AColourChangesWhatItShouldAndLeavesTheRest) {
  for (const auto& art : all_art()) {
    auto red = tinted(art, "red");
    EXPECT_EQ(red == art.body, art.tint == ArtTint::none) << art.name;
    EXPECT_EQ(tinted(art, ""), art.body) << art.name;
    EXPECT_EQ(red.size(), art.body.size()) << art.name;
  }
  EXPECT_TRUE(is_colour("mint"));
  EXPECT_FALSE(is_colour("own"));
  EXPECT_EQ(swatch_of("red").size(), 7u);
}

TEST(MediaAddress, WhatStandsInAnAddressIsReadAgain) {
  for (const auto& picture : {GoodsPicture{"t-shirt", "red", "Волга & <b>/..", 17, View::several},
                              GoodsPicture{"mirror", "", "", 4'294'967'295U, View::front}}) {
    auto address = goods_address(picture);
    std::vector<std::string> parts;
    for (std::size_t at = 1; at <= address.size();) {
      auto end = std::min(address.find('/', at), address.size());
      parts.push_back(*percent_decode(address.substr(at, end - at), false));
      at = end + 1;
    }
    ASSERT_EQ(parts.size(), 7u) << address;
    EXPECT_EQ(read_goods(parts[3], parts[4], parts[5], parts[6]), picture) << address;
  }
}

TEST(MediaAddress, WhatWasNotWrittenIsRefused) {
  for (const char* file : {"17-1.png", "17.svg", "-1.svg", "17-6.svg", "17-0.svg", "17-1-1.svg", "x-1.svg",
                           "99999999999-1.svg", "17-1.svg.svg"}) {
    EXPECT_FALSE(read_goods("mirror", "own", "-", file)) << file;
  }
  EXPECT_FALSE(read_goods("mirror", "own", std::string(61, 'x'), "17-1.svg"));
  EXPECT_FALSE(read_goods("mirror", "own", "a\nb", "17-1.svg"));
  EXPECT_FALSE(read_goods("mirror", "own", "\xff", "17-1.svg"));
  EXPECT_EQ(goods_address({"mirror", "", std::string(61, 'x'), 1, View::front}),
            "/media/1/goods/mirror/own/-/1-1.svg");
}

TEST(Placeholder, ATitleSaysWhatItIsOf) {
  for (const auto& [title, art] : {std::pair{"Кроссовки женские для бега", "running-shoe"},
                                   {"БЕБИ борн. Интерактивная КУКЛА", "nesting-dolls"},
                                   {"Чайник электрический", "teapot"},
                                   {"Чай чёрный, кружка в подарок", "teacup-without-handle"},
                                   {"Men's T-shirt, black", "t-shirt"},
                                   {"Catch-22", "package"},
                                   {"Food for dogs", "bone"},
                                   {"Two watches", "watch"},
                                   {"Щётка зубная", "toothbrush"},
                                   {"Нечто", "package"},
                                   {"", "package"},
                                   {"\xd0", "package"}}) {
    EXPECT_EQ(art_for(title), art) << title;
    EXPECT_TRUE(missing_svg(art_for(title))) << title;
  }
  EXPECT_EQ(placeholder_address("Пила"), "/media/1/missing/carpentry-saw.svg");
}

class MediaRoutes : public testing::Test {
 protected:
  HttpResponse get(std::map<std::string, std::string, std::less<>> path, std::string known_tag = "") {
    HttpRequest request;
    if (!known_tag.empty()) request.headers.add("If-None-Match", known_tag);
    edge::HttpCall http;
    http.request = &request;
    auto route = path.contains("art") ? 0 : 1;
    http.path = std::move(path);
    return run_sync(media_routes().at(route).run(http));
  }
};

TEST_F(MediaRoutes, APictureIsKeptForEverAndRunsNothing) {
  auto response = get({{"version", "1"}, {"file", "teapot.svg"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("Content-Type"), "image/svg+xml");
  EXPECT_EQ(response.headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(response.headers.get("Content-Security-Policy"),
            "default-src 'none'; sandbox; frame-ancestors 'none'");
  auto again = get({{"version", "1"}, {"file", "teapot.svg"}}, std::string(response.headers.get("ETag")));
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  EXPECT_EQ(get({{"version", "0"}, {"file", "teapot.svg"}}).headers.get("Cache-Control"),
            "public, max-age=3600");
}

TEST_F(MediaRoutes, AnAddressOfNothingIsNotFound) {
  for (const char* file : {"teapot", "teapot.png", "nothing.svg", ".svg"}) {
    EXPECT_THROW(get({{"version", "1"}, {"file", file}}), edge::Problem) << file;
  }
  EXPECT_THROW(
      get({{"version", "1"}, {"art", "teapot"}, {"colour", "own"}, {"brand", "-"}, {"file", "1-9.svg"}}),
      edge::Problem);
  EXPECT_EQ(
      get({{"version", "1"}, {"art", "teapot"}, {"colour", "red"}, {"brand", "Нева"}, {"file", "1-4.svg"}})
          .status,
      200);
}

}  // namespace
}  // namespace bramble::media
