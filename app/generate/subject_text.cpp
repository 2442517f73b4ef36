#include "app/generate/subject_text.h"

#include <charconv>

#include "app/generate/demo_colours.h"
#include "base/error.h"

namespace bramble {
namespace {

[[noreturn]] void wrong(const std::string& message) {
  throw Error(ErrorCode::internal, "demo_goods", message);
}

// Cuts the first word off.
std::string_view cut_word(std::string_view& text) {
  auto end = std::min(text.find(' '), text.size());
  auto word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

DemoWords words_of(std::string_view text) {
  auto divider = text.find(" | ");
  if (divider == std::string_view::npos) return {std::string(text), std::string(text)};
  return {std::string(text.substr(0, divider)), std::string(text.substr(divider + 3))};
}

int number_of(std::string_view text) {
  int number = 0;
  auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size()) wrong("no number: " + std::string(text));
  return number;
}

template <class Value, std::size_t N>
Value choice_of(std::string_view word, const std::pair<std::string_view, Value> (&choices)[N]) {
  for (const auto& [name, value] : choices) {
    if (name == word) return value;
  }
  wrong("unknown word: " + std::string(word));
}

constexpr std::pair<std::string_view, Gender> genders[] = {{"masculine", Gender::masculine},
                                                           {"feminine", Gender::feminine},
                                                           {"neuter", Gender::neuter},
                                                           {"plural", Gender::plural}};
constexpr std::pair<std::string_view, ModelName> models[] = {{"series", ModelName::series},
                                                             {"code", ModelName::code},
                                                             {"none", ModelName::none}};

}  // namespace

void SubjectText::read(std::string_view text) {
  int number = 0;
  while (!text.empty()) {
    auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.empty() || line.front() == '#') continue;
    try {
      auto rest = line;
      auto word = cut_word(rest);
      take(word, rest);
    } catch (const Error& error) {
      wrong("line " + std::to_string(number) + ": " + error.what());
    }
  }
}

void SubjectText::take(std::string_view word, std::string_view rest) {
  if (word == "shared" || word == "section" || word == "subject") return begin(word, rest);
  if (word == "value" && open_trait_) return open_trait_->values.push_back(words_of(rest));
  if (word == "name" && open_trait_) {
    open_trait_->name = words_of(rest);
    return;
  }
  if (in_section_) take_of_section(word, rest);
  else if (!subjects.empty()) take_of_subject(word, rest);
  else wrong("nothing has begun");
}

void SubjectText::begin(std::string_view word, std::string_view rest) {
  open_trait_ = nullptr;
  in_section_ = word == "section";
  if (word == "shared") {
    open_trait_ = &traits_[std::string(rest)];
  } else if (word == "section") {
    sections.push_back({.slug = std::string(rest)});
  } else {
    if (sections.empty()) wrong("a subject before any section");
    subjects.push_back({.section = sections.size() - 1, .slug = std::string(rest)});
  }
}

void SubjectText::take_of_section(std::string_view word, std::string_view rest) {
  auto& section = sections.back();
  if (word == "title") section.title = words_of(rest);
  else if (word == "art") section.art = rest;
  else if (word == "brand") section.brands.emplace_back(rest);
  else if (word == "praise") section.praises.push_back(words_of(rest));
  else wrong("unknown word: " + std::string(word));
}

void SubjectText::take_of_subject(std::string_view word, std::string_view rest) {
  auto& subject = subjects.back();
  open_trait_ = nullptr;
  if (word == "title") subject.title = words_of(rest);
  else if (word == "art") subject.art = rest;
  else if (word == "gender") subject.gender = choice_of(rest, genders);
  else if (word == "model") subject.model = choice_of(rest, models);
  else if (word == "colours") subject.colours = demo_palette(rest);
  else if (word == "kind") subject.kinds.push_back(words_of(rest));
  else if (word == "praise") subject.praises.push_back(words_of(rest));
  else if (word == "option") open_trait_ = &(subject.option = trait_of(rest));
  else if (word == "trait") open_trait_ = &subject.traits.emplace_back(trait_of(rest));
  else take_number(word, rest);
}

void SubjectText::take_number(std::string_view word, std::string_view rest) {
  auto& subject = subjects.back();
  if (word == "roubles") {
    subject.price_min = number_of(cut_word(rest));
    subject.price_max = number_of(rest);
  } else if (word == "grams") {
    subject.weight_g = number_of(rest);
  } else if (word == "step") {
    subject.step_percent = number_of(rest);
  } else {
    wrong("unknown word: " + std::string(word));
  }
}

DemoTrait SubjectText::trait_of(std::string_view rest) const {
  if (!rest.starts_with('@')) return {words_of(rest), {}};
  auto found = traits_.find(rest.substr(1));
  if (found == traits_.end()) wrong("unknown trait: " + std::string(rest));
  return found->second;
}

}  // namespace bramble
