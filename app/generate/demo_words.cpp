#include "app/generate/demo_words.h"

namespace bramble {
namespace {

constexpr const char* series[] = {"Classic", "Air",     "Nova",  "Urban", "Prime", "Soft",  "Line",  "Aura",
                                  "Active",  "Comfort", "Style", "Mono",  "Verso", "Terra", "Cloud", "Echo"};
constexpr std::size_t most_praises = 2;
constexpr const char* codes[] = {"A", "C", "K", "M", "N", "R", "S", "T", "X", "Z"};

const DemoTrait& made_in() {
  static const DemoTrait trait{{"Страна производства", "Made in"},
                               {{"Россия", "Russia"},
                                {"Беларусь", "Belarus"},
                                {"Китай", "China"},
                                {"Турция", "Türkiye"},
                                {"Узбекистан", "Uzbekistan"},
                                {"Армения", "Armenia"},
                                {"Вьетнам", "Vietnam"}}};
  return trait;
}

template <class T>
const T& pick(DemoRandom& random, const std::vector<T>& choices) {
  return random.one_of(std::span<const T>(choices));
}

std::string model_of(DemoRandom& random, ModelName kind) {
  if (kind == ModelName::none) return "";
  if (kind == ModelName::series)
    return random.one_of(std::span<const char* const>(series)) + std::string(" ") +
           std::to_string(random.between(1, 60));
  return random.one_of(std::span<const char* const>(codes)) + std::to_string(random.between(10, 99) * 10);
}

std::string joined(const std::vector<const DemoColour*>& colours, bool in_russian) {
  std::string text;
  for (const auto* colour : colours) {
    if (!text.empty()) text += ", ";
    text += in_russian ? colour->ru[0] : colour->en;
  }
  return text;
}

// A card's Russian words with the English ones of the same meaning.
class BilingualCard {
 public:
  BilingualCard(catalog::Card& card) : card_(card) {
    card_.language = "ru";
    card_.texts = {{"en", {}, {}, {}}};
  }

  void title(std::string russian, std::string english) {
    card_.title = std::move(russian);
    english_().title = std::move(english);
  }
  void sentence(const DemoWords& words) {
    add(card_.description, words.ru);
    add(english_().description, words.en);
  }
  void attribute(const DemoWords& name, const DemoWords& value) {
    card_.attributes.push_back({name.ru, value.ru});
    word(name.ru, name.en);
    word(value.ru, value.en);
  }

 private:
  void word(const std::string& russian, const std::string& english) {
    if (russian != english) english_().words.emplace(russian, english);
  }

  catalog::CardText& english_() { return card_.texts.front(); }
  static void add(std::string& text, const std::string& sentence) {
    if (!text.empty()) text += ' ';
    text += sentence;
  }

  catalog::Card& card_;
};

void add_title(DemoRandom& random, const DemoSubject& subject, const std::vector<const DemoColour*>& colours,
               const std::string& name, BilingualCard& words) {
  const auto& kind = pick(random, subject.kinds);
  auto russian = kind.ru + " " + name;
  auto english = name + " " + kind.en;
  // With several, the reader chooses.
  if (colours.size() == 1) {
    russian += std::string(", ") + colours.front()->ru[static_cast<std::size_t>(subject.gender)];
    english += std::string(", ") + colours.front()->en;
  }
  words.title(std::move(russian), std::move(english));
}

void add_description(DemoRandom& random, const DemoSubject& subject, BilingualCard& words) {
  auto count = subject.praises.size();
  auto first = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(count) - 1));
  for (std::size_t i = 0; i < std::min(count, most_praises); ++i)
    words.sentence(subject.praises[(first + i) % count]);
  words.sentence(pick(random, demo_sections()[subject.section].praises));
}

}  // namespace

void add_words(DemoRandom& random, const DemoSubject& subject, const std::vector<const DemoColour*>& colours,
               catalog::Card& card) {
  card.brand = pick(random, demo_sections()[subject.section].brands);
  auto model = model_of(random, subject.model);
  BilingualCard words(card);
  add_title(random, subject, colours, model.empty() ? card.brand : card.brand + " " + model, words);
  add_description(random, subject, words);
  if (!colours.empty()) words.attribute({"Цвет", "Colour"}, {joined(colours, true), joined(colours, false)});
  for (const auto& trait : subject.traits) words.attribute(trait.name, pick(random, trait.values));
  if (!model.empty()) words.attribute({"Модель", "Model"}, {model, model});
  words.attribute(made_in().name, pick(random, made_in().values));
}

void add_option_words(const DemoSubject& subject, const std::vector<const DemoColour*>& colours,
                      catalog::Card& card) {
  auto& english = card.texts.front().words;
  auto tell = [&](const std::string& russian, const std::string& word) {
    if (russian != word) english.emplace(russian, word);
  };
  const auto& option = subject.option;
  if (!option.values.empty()) tell(option.name.ru, option.name.en);
  for (const auto& value : option.values) {
    bool is_used = std::any_of(card.skus.begin(), card.skus.end(), [&](const catalog::Sku& sku) {
      auto chosen = sku.options.find(option.name.ru);
      return chosen != sku.options.end() && chosen->second == value.ru;
    });
    if (is_used) tell(value.ru, value.en);
  }
  if (colours.size() < 2) return;
  tell("цвет", "colour");
  for (const auto* colour : colours) tell(colour->ru[0], colour->en);
}

}  // namespace bramble
