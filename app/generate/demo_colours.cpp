#include "app/generate/demo_colours.h"

#include "base/error.h"

namespace bramble {
namespace {

constexpr DemoColour black{"black", "black", {"чёрный", "чёрная", "чёрное", "чёрные"}};
constexpr DemoColour white{"white", "white", {"белый", "белая", "белое", "белые"}};
constexpr DemoColour grey{"grey", "grey", {"серый", "серая", "серое", "серые"}};
constexpr DemoColour beige{"beige", "beige", {"бежевый", "бежевая", "бежевое", "бежевые"}};
constexpr DemoColour brown{"brown", "brown", {"коричневый", "коричневая", "коричневое", "коричневые"}};
constexpr DemoColour red{"red", "red", {"красный", "красная", "красное", "красные"}};
constexpr DemoColour burgundy{"burgundy", "burgundy", {"бордовый", "бордовая", "бордовое", "бордовые"}};
constexpr DemoColour pink{"pink", "pink", {"розовый", "розовая", "розовое", "розовые"}};
constexpr DemoColour orange{"orange", "orange", {"оранжевый", "оранжевая", "оранжевое", "оранжевые"}};
constexpr DemoColour yellow{"yellow", "yellow", {"жёлтый", "жёлтая", "жёлтое", "жёлтые"}};
constexpr DemoColour green{"green", "green", {"зелёный", "зелёная", "зелёное", "зелёные"}};
constexpr DemoColour mint{"mint", "mint", {"мятный", "мятная", "мятное", "мятные"}};
constexpr DemoColour sky{"sky", "light blue", {"голубой", "голубая", "голубое", "голубые"}};
constexpr DemoColour blue{"blue", "blue", {"синий", "синяя", "синее", "синие"}};
constexpr DemoColour navy{"navy", "navy", {"тёмно-синий", "тёмно-синяя", "тёмно-синее", "тёмно-синие"}};
constexpr DemoColour purple{"purple", "purple", {"фиолетовый", "фиолетовая", "фиолетовое", "фиолетовые"}};

constexpr const DemoColour* wear[] = {&black, &white, &grey, &beige, &red,  &burgundy,
                                      &pink,  &green, &sky,  &blue,  &navy, &purple};
constexpr const DemoColour* leather[] = {&black, &brown, &beige, &grey, &burgundy, &navy};
constexpr const DemoColour* denim[] = {&blue, &navy, &sky, &black, &grey};
constexpr const DemoColour* bright[] = {&red, &orange, &yellow, &green, &sky, &blue, &purple, &pink, &black};
constexpr const DemoColour* soft[] = {&grey, &beige, &mint, &sky, &green, &pink, &navy, &burgundy};
constexpr const DemoColour* tech[] = {&black, &white, &grey, &blue, &red};

struct Palette {
  std::string_view word;
  std::span<const DemoColour* const> colours;
};
constexpr Palette palettes[] = {{"none", {}},       {"wear", wear}, {"leather", leather}, {"denim", denim},
                                {"bright", bright}, {"soft", soft}, {"tech", tech}};

}  // namespace

std::span<const DemoColour* const> demo_palette(std::string_view word) {
  for (const auto& palette : palettes) {
    if (palette.word == word) return palette.colours;
  }
  throw Error(ErrorCode::internal, "unknown_palette", "there is no palette " + std::string(word));
}

}  // namespace bramble
