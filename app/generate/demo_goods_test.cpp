#include <gtest/gtest.h>

#include <set>

#include "app/generate/demo_cards.h"
#include "app/generate/demo_subjects.h"
#include "app/generate/subject_text.h"
#include "base/error.h"
#include "gateways/media/picture.h"

namespace bramble {
namespace {

constexpr std::int64_t looked_at = 3'000;

bool has_cyrillic(const std::string& text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    auto lead = static_cast<unsigned char>(text[i]);
    if (lead >= 0xD0 && lead <= 0xD3) return true;
  }
  return false;
}

// Brands are names: they are written alike in every language.
std::string without(std::string text, const std::string& brand) {
  auto at = text.find(brand);
  if (at != std::string::npos) text.erase(at, brand.size());
  return text;
}

void expect_both(const DemoWords& words) {
  EXPECT_FALSE(words.ru.empty());
  EXPECT_FALSE(words.en.empty());
  EXPECT_FALSE(has_cyrillic(words.en)) << words.en;
}

void expect_both(const DemoTrait& trait) {
  expect_both(trait.name);
  EXPECT_FALSE(trait.values.empty()) << trait.name.en;
  for (const auto& value : trait.values) expect_both(value);
}

TEST(DemoGoods, ThereAreManySubjectsInManySections) {
  EXPECT_GE(demo_sections().size(), 8u);
  EXPECT_GE(demo_subjects().size(), 40u);
  std::set<std::string> slugs;
  for (const auto& subject : demo_subjects())
    EXPECT_TRUE(slugs.insert(category_of(subject).text()).second) << subject.slug;
}

TEST(DemoGoods, EverySectionAndSubjectIsToldInBothLanguages) {
  for (const auto& section : demo_sections()) {
    expect_both(section.title);
    EXPECT_GE(section.brands.size(), 5u) << section.slug;
    for (const auto& praise : section.praises) expect_both(praise);
  }
  for (const auto& subject : demo_subjects()) {
    SCOPED_TRACE(subject.slug);
    expect_both(subject.title);
    EXPECT_GE(subject.kinds.size(), 2u);
    EXPECT_GE(subject.praises.size(), 3u);
    for (const auto& kind : subject.kinds) {
      expect_both(kind);
      EXPECT_TRUE(has_cyrillic(kind.ru)) << kind.ru;
    }
    for (const auto& praise : subject.praises) {
      expect_both(praise);
      EXPECT_TRUE(praise.ru.ends_with('.') && praise.en.ends_with('.')) << praise.ru;
    }
    for (const auto& trait : subject.traits) expect_both(trait);
    if (!subject.option.values.empty()) expect_both(subject.option);
    EXPECT_LT(subject.price_min, subject.price_max);
    EXPECT_GT(subject.weight_g, 0);
  }
}

TEST(DemoGoods, EverySectionAndSubjectHasArtAndEveryColourATint) {
  auto has_art = [](const std::string& art) { return media::category_svg(art).has_value(); };
  for (const auto& section : demo_sections()) EXPECT_TRUE(has_art(section.art)) << section.slug;
  for (const auto& subject : demo_subjects()) {
    EXPECT_TRUE(has_art(subject.art)) << subject.slug;
    for (const auto* colour : subject.colours) {
      media::GoodsPicture picture{.art = subject.art, .colour = colour->slug};
      auto own = picture;
      own.colour.clear();
      EXPECT_NE(media::goods_svg(picture), media::goods_svg(own)) << subject.slug << " " << colour->slug;
    }
  }
  for (const auto& category : demo_categories()) EXPECT_TRUE(category.image_url.starts_with("/media/"));
}

TEST(DemoGoods, EveryCardHasPictures) {
  for (std::int64_t number = 1; number <= looked_at; ++number) {
    auto card = demo_card(number);
    EXPECT_GE(card.images.size(), 3u);
    EXPECT_EQ(std::set<std::string>(card.images.begin(), card.images.end()).size(), card.images.size());
    for (const auto& image : card.images) EXPECT_TRUE(image.starts_with("/media/1/goods/")) << image;
  }
}

TEST(DemoGoods, NothingRussianIsLeftInTheEnglishOfACardButItsBrand) {
  for (std::int64_t number = 1; number <= looked_at; ++number) {
    auto card = demo_card(number);
    SCOPED_TRACE(card.title);
    EXPECT_EQ(card.language, "ru");
    ASSERT_EQ(card.texts.size(), 1u);
    const auto& english = card.texts.front();
    EXPECT_FALSE(has_cyrillic(without(english.title, card.brand))) << english.title;
    EXPECT_FALSE(has_cyrillic(english.description)) << english.description;
    auto told = [&](const std::string& word) { return !has_cyrillic(word) || english.words.contains(word); };
    for (const auto& attribute : card.attributes)
      EXPECT_TRUE(told(attribute.name) && told(attribute.value)) << attribute.name << attribute.value;
    for (const auto& sku : card.skus) {
      for (const auto& [name, value] : sku.options) EXPECT_TRUE(told(name) && told(value)) << name << value;
    }
    for (const auto& [russian, word] : english.words) EXPECT_FALSE(has_cyrillic(word)) << word;
  }
}

// A Russian colour stands in the gender of its noun: "чёрная блузка", "чёрные кроссовки".
TEST(DemoGoods, ColoursAgreeWithTheirNouns) {
  auto ends_well = [](const std::string& title, Gender gender) {
    auto ends = [&](std::initializer_list<const char*> endings) {
      return std::any_of(endings.begin(), endings.end(),
                         [&](const char* end) { return title.ends_with(end); });
    };
    switch (gender) {
      case Gender::masculine: return ends({"ый", "ий", "ой"});
      case Gender::feminine: return ends({"ая", "яя"});
      case Gender::neuter: return ends({"ое", "ее"});
      case Gender::plural: return ends({"ые", "ие"});
    }
    return false;
  };
  for (const auto& subject : demo_subjects()) {
    for (const auto* colour : subject.colours)
      EXPECT_TRUE(ends_well(colour->ru[static_cast<std::size_t>(subject.gender)], subject.gender));
  }
}

TEST(DemoGoods, OnlyWhatComesInColoursHasOne) {
  std::map<CategoryId, const DemoSubject*> subjects;
  for (const auto& subject : demo_subjects()) subjects[category_of(subject)] = &subject;
  for (std::int64_t number = 1; number <= looked_at; ++number) {
    auto card = demo_card(number);
    bool has_colour = std::any_of(card.attributes.begin(), card.attributes.end(),
                                  [](const auto& attribute) { return attribute.name == "Цвет"; });
    EXPECT_EQ(has_colour, !subjects.at(card.category_id)->colours.empty()) << card.title;
  }
}

TEST(DemoGoods, RatingsPricesAndOptionsLookReal) {
  double sum = 0;
  std::int64_t rated = 0;
  std::int64_t skus = 0;
  std::int64_t several_colours = 0;
  for (std::int64_t number = 1; number <= looked_at; ++number) {
    auto card = demo_card(number);
    EXPECT_EQ(card.rating > 0, card.rating_count > 0);
    if (card.rating_count > 0) sum += card.rating, ++rated;
    skus += static_cast<std::int64_t>(card.skus.size());
    several_colours += card.skus.front().options.contains("цвет");
    std::set<std::map<std::string, std::string>> choices;
    std::map<std::string, std::string> pictures;  // by colour
    for (const auto& sku : card.skus) {
      EXPECT_TRUE(choices.insert(sku.options).second) << card.title;
      auto colour = sku.options.find("цвет");
      if (colour == sku.options.end()) continue;
      auto picture = sku.image.empty() ? card.images.front() : sku.image;
      EXPECT_EQ(pictures.emplace(colour->second, picture).first->second, picture) << card.title;
    }
    std::set<std::string> different;
    for (const auto& [colour, picture] : pictures) different.insert(picture);
    EXPECT_EQ(different.size(), pictures.size()) << card.title;
    EXPECT_LT(card.skus.size(), 10u);
  }
  EXPECT_NEAR(sum / static_cast<double>(rated), 4.6, 0.1);
  EXPECT_GT(several_colours, looked_at / 20);
  EXPECT_NEAR(static_cast<double>(skus) / looked_at, 2.2, 0.4);
}

TEST(SubjectText, AWrongLineIsNamed) {
  for (const auto& [text, message] :
       {std::pair{"section a\nsubject b\n  colour red\n", "line 3: unknown word: colour"},
        {"subject b\n", "line 1: a subject before any section"},
        {"section a\nsubject b\n  trait @none\n", "line 3: unknown trait: @none"},
        {"section a\nsubject b\n  grams many\n", "line 3: no number: many"},
        {"title a\n", "line 1: nothing has begun"}}) {
    try {
      SubjectText().read(text);
      ADD_FAILURE() << "read: " << text;
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), message);
    }
  }
}

}  // namespace
}  // namespace bramble
