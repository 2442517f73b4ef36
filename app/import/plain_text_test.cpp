#include "app/import/plain_text.h"

#include <gtest/gtest.h>

#include "app/import/clean_text.h"

namespace bramble::importing {
namespace {

TEST(PlainText, IsWhatAReaderOfThePageWouldSee) {
  const std::pair<const char*, const char*> cases[] = {
      {"Tom &amp; Jerry", "Tom & Jerry"},
      {"&laquo;Ёлка&raquo; &mdash; 5&nbsp;м", "«Ёлка» — 5 м"},
      {"&#1071; &#x42F; &#8212;", "Я Я —"},
      {"&quot;A&quot; &lt;3", "\"A\" <3"},
      {"<p>абзац</p><br><p>ещё</p>", "абзац\n\nещё"},
      {"<b>Тёплая</b> <i>куртка</i>", "Тёплая куртка"},
      {"<p>Раз</p><p>Два<br>три<br/>четыре</p>", "Раз\nДва\nтри\nчетыре"},
      {"<ul><li>один</li><li>два</li></ul>", "один\nдва"},
      {"a<script>alert('x')</script>b<style>p{}</style>c", "abc"},
      {"до<!-- тайна -->после", "допосле"},
      {"<a href=\"http://x/?a=1&b=2\">ссылка</a>", "ссылка"},
      {"<div class='x'>не закрыт", "не закрыт"},
      {"&lt;p&gt;дважды&lt;/p&gt;", "дважды"},
      {"&amp;quot;", "\""},
  };
  for (const auto& [text, plain] : cases) EXPECT_EQ(many_lines(plain_text(text)), plain) << text;
}

TEST(PlainText, WhatIsNotMarkedUpStaysAsItIs) {
  for (const char* text : {"", "Куртка", "R&D", "AT&T;", "5 < 6 & 7 > 6", "x<y", "a<b", "<3", "100 &", "&;",
                           "&#;", "&#x;", "&notanentity;", "<unknown>", "if (a<p&&b)"}) {
    EXPECT_EQ(plain_text(text), text);
  }
}

TEST(PlainText, TakesWhateverAFeedHolds) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div><b>";
  EXPECT_EQ(one_line(plain_text(deep + "x")), "x");
  EXPECT_EQ(one_line(plain_text(std::string("<b>a\0b</b>", 10))), "a b");
  EXPECT_EQ(one_line(plain_text("<meta charset=windows-1251><b>Ёж</b>")), "Ёж");
}

}  // namespace
}  // namespace bramble::importing
