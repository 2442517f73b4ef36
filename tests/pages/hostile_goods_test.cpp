#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "testing/scratch_folder.h"
#include "tests/harness/instance.h"
#include "tests/harness/people.h"
#include "tests/harness/wire.h"

namespace bramble {
namespace {

using namespace harness;

// A seller who writes scripts into everything that a file may hold.
constexpr const char* hostile_rows =
    R"row({"source":"evil","id":"1","title":"Tea <script>alert(1)</script> pot","lang":"en","price_minor":100000,)row"
    R"row("brand":"\"><img src=x onerror=alert(2)>","currency":"RUB","rating":4.5,"reviews_count":3,)row"
    R"row("category_path":["<b onclick=alert(3)>Pots","Tea' autofocus onfocus='alert(4)"],)row"
    R"row("description":"</script><script>alert(5)</script> {{CSRF}} [[home.title]]",)row"
    R"row("images":["javascript:alert(6)"],"attributes":{"<i onmouseover=alert(7)>":"\"onload=\"alert(8)"}})row"
    "\n"
    R"row({"source":"evil","id":"2","title":"Tea \" onmouseover=\"alert(9)","lang":"en","brand":"'-alert(10)-'",)row"
    R"row("category_path":["<b onclick=alert(3)>Pots","Tea' autofocus onfocus='alert(4)"],)row"
    R"row("price_minor":100,"currency":"RUB"})row"
    "\n";

// Data for machines is no markup, and what stands in quotes is no attribute: both are left out. Inside them
// nothing may end them, which the rest would show.
std::string markup_of(std::string html) {
  constexpr std::string_view data_opens = "<script type=\"application/ld+json\">";
  if (auto begin = html.find(data_opens); begin != std::string::npos) {
    html.erase(begin, html.find("</script>", begin) + 9 - begin);
  }
  return std::regex_replace(html, std::regex("\"[^\"]*\""), "\"\"");
}

bool is_safe(const std::string& html) {
  static const std::regex handler(R"(<[a-zA-Z][^>]*\s(on[a-z]+|style)\s*=)");
  static const std::regex script(R"(<script(?![^>]*src=))");
  static const std::regex address(R"((src|href)\s*=\s*["']?\s*(javascript|data|vbscript):)");
  auto markup = markup_of(html);
  return !std::regex_search(markup, handler) && !std::regex_search(markup, script) &&
         !std::regex_search(html, address);
}

TEST(HostileGoods, WhatASellerWroteIsTextOnEveryPage) {
  ScratchFolder folder;
  auto data = folder.path() + "/data";
  std::ofstream(folder.path() + "/goods.jsonl") << hostile_rows;
  auto imported = run_bramble({"import", "products", folder.path() + "/goods.jsonl", "--data", data,
                               "--demo-places", "--stock", "3"});
  ASSERT_EQ(imported.code, 0) << imported.output;
  Instance instance(InstanceOptions{.data = data, .arguments = {}});
  Wire shop(instance.storefront());
  auto found = shop.ask("GET", "/api/v1/search?q=tea").json();
  ASSERT_EQ(found.root()["items"].size(), 2U);
  std::vector<std::string> paths = {"/", "/categories", "/search?q=tea", "/search?sort=new", "/sitemap.xml"};
  for (auto item : found.root()["items"])
    paths.push_back("/product/" + std::string(item["product_id"].text()));
  auto categories = shop.ask("GET", "/api/v1/categories").json();
  for (auto item : categories.root()["items"])
    paths.push_back("/category/" + std::string(item["category_id"].text()));
  for (const auto& path : paths) {
    for (const auto* language : {"ru", "en"}) {
      auto page = shop.ask("GET", path, "Accept-Language: " + std::string(language) + "\r\n");
      EXPECT_EQ(page.status, 200) << path;
      EXPECT_TRUE(is_safe(page.body)) << path << "\n" << page.body;
    }
  }
  auto product = shop.ask("GET", paths[5]).body;
  EXPECT_NE(product.find("alert("), std::string::npos) << "the hostile text should be there to be read";
}

}  // namespace
}  // namespace bramble
