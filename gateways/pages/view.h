// The data of a template: values by name, and sections, each shown as often as it is added. A name that a
// section does not have is looked up in the enclosing one. Values are text; the template escapes them for
// their place.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace ctemplate {
class TemplateDictionary;
}

namespace bramble::pages {

class View {
 public:
  explicit View(ctemplate::TemplateDictionary* dictionary) : dictionary_(dictionary) {}

  void set(std::string_view name, std::string_view value);
  void set(std::string_view name, std::int64_t value);
  // Shows `section` with the value, unless the value is empty.
  void set_and_show(std::string_view name, std::string_view value, std::string_view section);
  // A JSON document for a <script type="application/ld+json">, at {{JSON_…:none}} in the template. Characters
  // that could end the element or begin another are written as JSON escapes.
  void set_json(std::string_view name, std::string_view json);
  void show(std::string_view section);
  void show_if(bool condition, std::string_view section);
  // Adds one repetition of a section. It lives as long as the page's view.
  View add(std::string_view section);

  ctemplate::TemplateDictionary* dictionary() const { return dictionary_; }

 private:
  ctemplate::TemplateDictionary* dictionary_;
};

// The view of a whole page.
class PageView : public View {
 public:
  PageView();
  ~PageView();
  PageView(PageView&&) noexcept;

 private:
  std::unique_ptr<ctemplate::TemplateDictionary> owned_;
};

}  // namespace bramble::pages
