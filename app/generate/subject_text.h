// Reads the demo's goods from their text: a line is a word and what it says, below a line that begins what it
// belongs to. "Русский | English"; one text alone is the same in both. Lines that begin with # are notes.
//
// shared NAME    what several subjects have in common: name, value lines; `@NAME` stands for it
// section SLUG   title, art, brand lines, praise lines
// subject SLUG   of the section before it: title, art, gender, colours, model, roubles MIN MAX, grams, step
// (by
//                how many per cent each next value of the option is dearer), kind lines, option and trait
//                lines with value lines below them, praise lines
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "app/generate/demo_subjects.h"

namespace bramble {

class SubjectText {
 public:
  // Traits before the subjects that name them. Throws Error internal that names the line.
  void read(std::string_view text);

  std::vector<DemoSection> sections;
  std::vector<DemoSubject> subjects;

 private:
  void take(std::string_view word, std::string_view rest);
  void begin(std::string_view word, std::string_view rest);
  void take_of_section(std::string_view word, std::string_view rest);
  void take_of_subject(std::string_view word, std::string_view rest);
  void take_number(std::string_view word, std::string_view rest);
  DemoTrait trait_of(std::string_view rest) const;

  std::map<std::string, DemoTrait, std::less<>> traits_;
  DemoTrait* open_trait_ = nullptr;  // takes the values that follow
  bool in_section_ = false;
};

}  // namespace bramble
