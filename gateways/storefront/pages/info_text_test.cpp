#include "gateways/storefront/pages/info_text.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "gateways/storefront/pages/info_pages.h"
#include "storefront_info_text.h"
#include "testing/scratch_folder.h"

namespace bramble::storefront {
namespace {

using Kind = InfoBlock::Kind;

TEST(InfoTexts, AreReadAsTitleHeadingsParagraphsAndLists) {
  auto text = info_text_of("# Help\r\n\r\n## Pay\r\nBy card\r\nor SBP.\r\n\r\n- one\r\n- <b>two</b>\r\n", {});
  EXPECT_EQ(text.title, "Help");
  ASSERT_EQ(text.blocks.size(), 3u);
  EXPECT_EQ(text.blocks[0], (InfoBlock{Kind::heading, "Pay", {}}));
  EXPECT_EQ(text.blocks[1], (InfoBlock{Kind::paragraph, "By card or SBP.", {}}));
  EXPECT_EQ(text.blocks[2], (InfoBlock{Kind::list, "", {"one", "<b>two</b>"}}));
}

TEST(InfoTexts, LeaveOutWhatIsNotConfigured) {
  InfoFacts facts{{"phone", "+7 900"}, {"email", ""}, {"unset", ""}};
  auto text = info_text_of("# C\n{unset}Nothing yet.\n\n## Reach us\n- Phone: {phone}\n- {email}\n\n"
                           "## Mail\n{email}\n## Braces\n{who} {",
                           facts);
  ASSERT_EQ(text.blocks.size(), 4u);
  EXPECT_EQ(text.blocks[1].items, std::vector<std::string>{"Phone: +7 900"});
  EXPECT_EQ(text.blocks[2].text, "Braces");
  EXPECT_EQ(text.blocks[3].text, "{who} {");
  facts["unset"] = "1";
  EXPECT_EQ(info_text_of("{unset}Nothing yet.", facts).blocks[0].text, "Nothing yet.");
}

TEST(InfoTexts, OfOursSaySomethingWithAndWithoutDetails) {
  for (auto built_in : storefront_info_texts()) {
    for (auto* value : {"", "x"}) {
      InfoFacts facts;
      for (auto* name : {"shop", "legal", "phone", "email", "address", "hours"}) facts[name] = value;
      facts["unset"] = *value == '\0' ? "1" : "";
      facts["practice"] = facts["unset"];
      auto text = info_text_of(built_in, facts);
      EXPECT_FALSE(text.title.empty());
      EXPECT_FALSE(text.blocks.empty()) << text.title;
      for (const auto& block : text.blocks) EXPECT_EQ(block.text.find('{'), std::string::npos) << block.text;
    }
  }
}

TEST(InfoTexts, OfTheShopsOwnerAreRefusedByNameWhenTheyCannotBeShown) {
  ScratchFolder folder;
  auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder.path() + "/" + name, std::ios::binary) << text;
  };
  auto complaint = [&](const std::string& path) {
    try {
      InfoPages pages(ShopDetails{.texts_folder = path});
    } catch (const Error& error) {
      return error.message;
    }
    return std::string();
  };
  EXPECT_EQ(complaint(folder.path()), "");
  EXPECT_NE(complaint(folder.path() + "/none").find("is no folder"), std::string::npos);
  write("help.en.txt", "# Own help\nCall us.");
  EXPECT_EQ(complaint(folder.path()), "");
  write("help.en.txt", "no title");
  EXPECT_NE(complaint(folder.path()).find("help.en.txt has no title"), std::string::npos);
  write("help.en.txt", "# \xFF");
  EXPECT_NE(complaint(folder.path()).find("is not UTF-8"), std::string::npos);
}

}  // namespace
}  // namespace bramble::storefront
