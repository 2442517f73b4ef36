// What the demo sells: subjects below sections, and what is usual for each of them.
#pragma once

#include <span>
#include <vector>

#include "services/catalog/catalog.api.h"

namespace bramble {

struct DemoSection {
  const char* slug;
  const char* title;
  const char* praise;  // a sentence for descriptions
};

struct DemoSubject {
  int section;
  const char* slug;
  const char* title;               // "Кроссовки"
  const char* noun;                // how a card's title begins
  std::vector<const char*> kinds;  // "мужские беговые"
  const char* option;              // what its SKUs differ in; null: it has one SKU
  std::vector<const char*> options;
  const char* attribute;  // besides colour and country
  std::vector<const char*> values;
  int price_min;  // roubles
  int price_max;
  int weight_g;
};

std::span<const DemoSection> demo_sections();
const std::vector<DemoSubject>& demo_subjects();

// Two levels: the sections, and the subjects below them.
std::vector<catalog::Category> demo_categories();
CategoryId category_of(const DemoSubject& subject);

}  // namespace bramble
