#include "app/generate/demo_subjects.h"

#include "app/generate/subject_text.h"
#include "demo_goods_text.h"
#include "gateways/media/media_address.h"

namespace bramble {
namespace {

const SubjectText& goods() {
  static const SubjectText read = [] {
    SubjectText text;
    for (auto part : demo_goods_texts()) text.read(part);
    return text;
  }();
  return read;
}

CategoryId section_id(const DemoSection& section) { return CategoryId("cat_demo_" + section.slug); }

catalog::Category category(CategoryId id, const DemoWords& title, std::optional<CategoryId> parent,
                           const std::string& art) {
  return {std::move(id), title.ru, std::move(parent), {{"en", title.en}}, media::category_address(art)};
}

}  // namespace

const std::vector<DemoSection>& demo_sections() { return goods().sections; }

const std::vector<DemoSubject>& demo_subjects() { return goods().subjects; }

CategoryId category_of(const DemoSubject& subject) {
  return CategoryId(section_id(demo_sections()[subject.section]).text() + "_" + subject.slug);
}

std::vector<catalog::Category> demo_categories() {
  std::vector<catalog::Category> categories;
  for (const auto& section : demo_sections())
    categories.push_back(category(section_id(section), section.title, {}, section.art));
  for (const auto& subject : demo_subjects()) {
    categories.push_back(category(category_of(subject), subject.title,
                                  section_id(demo_sections()[subject.section]), subject.art));
  }
  return categories;
}

}  // namespace bramble
