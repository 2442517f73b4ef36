#include "gateways/pages/view.h"

#include <ctemplate/template_dictionary.h>

#include <charconv>

namespace bramble::pages {
namespace {

ctemplate::TemplateString as(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

void View::set(std::string_view name, std::string_view value) { dictionary_->SetValue(as(name), as(value)); }

void View::set(std::string_view name, std::int64_t value) {
  char digits[24];
  auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  set(name, std::string_view(digits, static_cast<std::size_t>(end - digits)));
}

void View::set_and_show(std::string_view name, std::string_view value, std::string_view section) {
  dictionary_->SetValueAndShowSection(as(name), as(value), as(section));
}

void View::set_json(std::string_view name, std::string_view json) {
  std::string safe;
  safe.reserve(json.size() + 16);
  for (char c : json) {
    switch (c) {
      case '<': safe += "\\u003c"; break;
      case '>': safe += "\\u003e"; break;
      case '&': safe += "\\u0026"; break;
      default: safe += c;
    }
  }
  set(name, safe);
}

void View::show(std::string_view section) { dictionary_->ShowSection(as(section)); }

void View::show_if(bool condition, std::string_view section) {
  if (condition) show(section);
}

View View::add(std::string_view section) { return View(dictionary_->AddSectionDictionary(as(section))); }

PageView::PageView() : View(nullptr), owned_(std::make_unique<ctemplate::TemplateDictionary>("page")) {
  static_cast<View&>(*this) = View(owned_.get());
}

PageView::~PageView() = default;
PageView::PageView(PageView&&) noexcept = default;

}  // namespace bramble::pages
