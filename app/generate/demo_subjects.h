// What the demo sells: subjects below sections, and what is usual for each of them, in Russian and English.
// The words are in goods/*.txt; subject_text.h says how they are written.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "services/catalog/catalog.api.h"

namespace bramble {

struct DemoWords {
  std::string ru;
  std::string en;
};

// Of the Russian noun, which its colour agrees with.
enum class Gender { masculine, feminine, neuter, plural };

// What follows the brand in a title: "Nova 12", "X240", or nothing.
enum class ModelName { series, code, none };

struct DemoColour {
  const char* slug;  // in the addresses of pictures
  const char* en;
  std::array<const char*, 4> ru;  // by Gender: "чёрный", "чёрная", "чёрное", "чёрные"
};

// A property and the values it may have: an attribute of cards, or the option that a card's SKUs differ in.
struct DemoTrait {
  DemoWords name;
  std::vector<DemoWords> values;
};

struct DemoSection {
  std::string slug;
  DemoWords title;
  std::string art;  // the emoji of its picture
  std::vector<std::string> brands;
  std::vector<DemoWords> praises;  // sentences for descriptions
};

struct DemoSubject {
  std::size_t section = 0;
  std::string slug;
  std::string art;
  DemoWords title;  // "Кроссовки", "Sneakers"
  Gender gender = Gender::masculine;
  std::vector<DemoWords> kinds;  // "Кроссовки мужские беговые", "men's running shoes"
  std::span<const DemoColour* const> colours;  // none: its colour goes without saying
  DemoTrait option;                            // without values: it has one SKU of each colour
  std::vector<DemoTrait> traits;
  std::vector<DemoWords> praises;
  ModelName model = ModelName::series;
  int price_min = 0;  // roubles
  int price_max = 0;
  int step_percent = 0;  // by how much each next value of the option is dearer
  int weight_g = 0;
};

const std::vector<DemoSection>& demo_sections();
const std::vector<DemoSubject>& demo_subjects();

// Two levels: the sections, and the subjects below them.
std::vector<catalog::Category> demo_categories();
CategoryId category_of(const DemoSubject& subject);

}  // namespace bramble
