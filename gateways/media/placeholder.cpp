#include "gateways/media/placeholder.h"

#include "gateways/media/media_address.h"

namespace bramble::media {
namespace {

constexpr std::string_view unknown = "package";
constexpr std::size_t longest_title = 300;  // bytes that are searched

struct Stem {
  std::string_view begin;  // of a word, in lower case, "ё" written as "е"
  std::string_view art;
};

constexpr Stem stems[] = {
    // shoes and clothes
    {"кроссов", "running-shoe"},
    {"кеды", "running-shoe"},
    {"обувь", "running-shoe"},
    {"ботин", "hiking-boot"},
    {"сапог", "womans-boot"},
    {"туфл", "high-heeled-shoe"},
    {"балетк", "flat-shoe"},
    {"сандал", "womans-sandal"},
    {"босонож", "womans-sandal"},
    {"тапоч", "thong-sandal"},
    {"шлеп", "thong-sandal"},
    {"плать", "dress"},
    {"сарафан", "dress"},
    {"юбк", "dress"},
    {"блуз", "womans-clothes"},
    {"джемпер", "womans-clothes"},
    {"водолаз", "womans-clothes"},
    {"купальник", "one-piece-swimsuit"},
    {"халат", "kimono"},
    {"пижам", "kimono"},
    {"футболк", "t-shirt"},
    {"майк", "t-shirt"},
    {"фуфайк", "t-shirt"},
    {"рубаш", "necktie"},
    {"сорочк", "necktie"},
    {"джинс", "jeans"},
    {"брюк", "jeans"},
    {"штан", "jeans"},
    {"шорт", "shorts"},
    {"трус", "shorts"},
    {"куртк", "coat"},
    {"пальто", "coat"},
    {"жилет", "coat"},
    {"бейсболк", "billed-cap"},
    {"шапк", "billed-cap"},
    {"носк", "socks"},
    {"колготк", "socks"},
    {"перчатк", "gloves"},
    {"шарф", "scarf"},
    {"сумк", "handbag"},
    {"рюкзак", "backpack"},
    {"чемодан", "luggage"},
    {"кошел", "purse"},
    {"очки", "sunglasses"},
    {"часы", "watch"},
    {"зонт", "umbrella"},
    {"sneaker", "running-shoe"},
    {"shoe", "running-shoe"},
    {"boot", "hiking-boot"},
    {"dress", "dress"},
    {"shirt", "t-shirt"},
    {"t-shirt", "t-shirt"},
    {"jean", "jeans"},
    {"jacket", "coat"},
    {"coat", "coat"},
    {"sock", "socks"},
    {"bag", "handbag"},
    {"backpack", "backpack"},
    {"watch", "watch"},
    // children
    {"кукл", "nesting-dolls"},
    {"мягк", "teddy-bear"},
    {"игрушк", "teddy-bear"},
    {"пазл", "puzzle-piece"},
    {"паззл", "puzzle-piece"},
    {"конструктор", "puzzle-piece"},
    {"машинк", "racing-car"},
    {"робот", "robot"},
    {"бутылочк", "baby-bottle"},
    {"toy", "teddy-bear"},
    {"doll", "nesting-dolls"},
    {"puzzle", "puzzle-piece"},
    // home and kitchen
    {"диван", "couch-and-lamp"},
    {"стул", "chair"},
    {"кроват", "bed"},
    {"постельн", "bed"},
    {"одеял", "bed"},
    {"подушк", "bed"},
    {"светильник", "light-bulb"},
    {"ламп", "light-bulb"},
    {"люстр", "light-bulb"},
    {"свеч", "candle"},
    {"зеркал", "mirror"},
    {"будильник", "alarm-clock"},
    {"картин", "framed-picture"},
    {"кружк", "hot-beverage"},
    {"чашк", "hot-beverage"},
    {"чайник", "teapot"},
    {"сковород", "cooking"},
    {"кастрюл", "pot-of-food"},
    {"нож", "kitchen-knife"},
    {"тарелк", "bowl-with-spoon"},
    {"миск", "bowl-with-spoon"},
    {"салатник", "bowl-with-spoon"},
    {"бокал", "wine-glass"},
    {"семена", "seedling"},
    {"растен", "potted-plant"},
    {"цветок", "potted-plant"},
    {"подар", "wrapped-gift"},
    {"новогод", "wrapped-gift"},
    {"сувенир", "wrapped-gift"},
    {"mug", "hot-beverage"},
    {"lamp", "light-bulb"},
    {"chair", "chair"},
    {"knife", "kitchen-knife"},
    // electronics
    {"наушник", "headphone"},
    {"смартфон", "mobile-phone"},
    {"телефон", "mobile-phone"},
    {"чехол", "mobile-phone"},
    {"мыш", "computer-mouse"},
    {"геймпад", "video-game"},
    {"фотоаппарат", "camera"},
    {"камер", "camera"},
    {"микрофон", "studio-microphone"},
    {"радио", "radio"},
    {"колонк", "radio"},
    {"заряд", "electric-plug"},
    {"кабел", "electric-plug"},
    {"батаре", "battery"},
    {"аккумулятор", "battery"},
    {"фонар", "flashlight"},
    {"принтер", "printer"},
    {"картридж", "printer"},
    {"phone", "mobile-phone"},
    {"headphone", "headphone"},
    {"camera", "camera"},
    {"charger", "electric-plug"},
    {"cable", "electric-plug"},
    // beauty and health
    {"крем", "lotion-bottle"},
    {"лосьон", "lotion-bottle"},
    {"шампун", "lotion-bottle"},
    {"бальзам", "lotion-bottle"},
    {"гель", "lotion-bottle"},
    {"масло", "lotion-bottle"},
    {"туалетная", "lotion-bottle"},
    {"парфюм", "lotion-bottle"},
    {"духи", "lotion-bottle"},
    {"дезодорант", "lotion-bottle"},
    {"помад", "lipstick"},
    {"блеск", "lipstick"},
    {"тени", "lipstick"},
    {"лак", "nail-polish"},
    {"мыло", "soap"},
    {"бритв", "razor"},
    {"зубн", "toothbrush"},
    {"щетк", "toothbrush"},
    {"таблет", "pill"},
    {"капсул", "pill"},
    {"витамин", "pill"},
    {"лекарств", "pill"},
    {"shampoo", "lotion-bottle"},
    {"cream", "lotion-bottle"},
    {"soap", "soap"},
    // sport, study, tools, cars
    {"велосипед", "bicycle"},
    {"самокат", "kick-scooter"},
    {"мяч", "soccer-ball"},
    {"палатк", "tent"},
    {"коньк", "ice-skate"},
    {"ролик", "roller-skate"},
    {"скейт", "skateboard"},
    {"лыж", "skis"},
    {"ракетк", "tennis"},
    {"книг", "books"},
    {"роман", "books"},
    {"учебник", "books"},
    {"тетрад", "notebook"},
    {"блокнот", "notebook"},
    {"ежедневник", "notebook"},
    {"дневник", "notebook"},
    {"ручк", "fountain-pen"},
    {"карандаш", "pencil"},
    {"пенал", "pencil"},
    {"краск", "artist-palette"},
    {"кист", "paintbrush"},
    {"ножниц", "scissors"},
    {"гитар", "guitar"},
    {"нитк", "thread"},
    {"пряж", "thread"},
    {"молот", "hammer"},
    {"отвертк", "screwdriver"},
    {"ключ", "wrench"},
    {"пил", "carpentry-saw"},
    {"инструмент", "toolbox"},
    {"лестниц", "ladder"},
    {"автош", "automobile"},
    {"шин", "automobile"},
    {"автомоб", "automobile"},
    {"book", "books"},
    {"novel", "books"},
    {"pencil", "pencil"},
    {"notebook", "notebook"},
    // food and pets
    {"чай", "teacup-without-handle"},
    {"кофе", "hot-beverage"},
    {"мед", "honey-pot"},
    {"печень", "cookie"},
    {"конфет", "candy"},
    {"шоколад", "candy"},
    {"сыр", "cheese-wedge"},
    {"орех", "peanuts"},
    {"хлеб", "bread"},
    {"торт", "bread"},
    {"сок", "glass-of-milk"},
    {"молок", "glass-of-milk"},
    {"йогурт", "glass-of-milk"},
    {"творог", "glass-of-milk"},
    {"вода", "glass-of-milk"},
    {"напит", "glass-of-milk"},
    {"вино", "wine-glass"},
    {"водк", "wine-glass"},
    {"коньяк", "wine-glass"},
    {"пиво", "beer-mug"},
    {"морожен", "ice-cream"},
    {"мяс", "cut-of-meat"},
    {"колбас", "cut-of-meat"},
    {"рыб", "fish"},
    {"консерв", "canned-food"},
    {"соус", "canned-food"},
    {"яблок", "red-apple"},
    {"фрукт", "red-apple"},
    {"корм", "bone"},
    {"собак", "bone"},
    {"кош", "bone"},
    {"tea", "teacup-without-handle"},
    {"coffee", "hot-beverage"},
    {"honey", "honey-pot"},
    {"cookie", "cookie"},
    {"biscuit", "cookie"},
    {"candy", "candy"},
    {"chocolate", "candy"},
    {"cheese", "cheese-wedge"},
    {"nut", "peanuts"},
    {"bread", "bread"},
    {"milk", "glass-of-milk"},
    {"juice", "glass-of-milk"},
    {"wine", "wine-glass"},
    {"beer", "beer-mug"},
    {"ice cream", "ice-cream"},
    {"sauce", "canned-food"},
    {"dog", "bone"},
    {"kitten", "bone"}};

// ASCII and Russian letters in lower case, "ё" as "е"; other characters stay.
std::string lowered(std::string_view text) {
  std::string lower(text.substr(0, longest_title));
  for (std::size_t i = 0; i < lower.size(); ++i) {
    auto c = static_cast<unsigned char>(lower[i]);
    if (c >= 'A' && c <= 'Z') lower[i] = static_cast<char>(c + 32);
    if (i + 1 >= lower.size()) break;
    auto next = static_cast<unsigned char>(lower[i + 1]);
    if (c == 0xD0 && next >= 0x90 && next <= 0x9F) lower[i + 1] = static_cast<char>(next + 0x20);
    if (c == 0xD0 && next >= 0xA0 && next <= 0xAF) {
      lower[i] = static_cast<char>(0xD1);
      lower[i + 1] = static_cast<char>(next - 0x20);
    }
    bool is_yo = (c == 0xD0 && next == 0x81) || (c == 0xD1 && next == 0x91);
    if (is_yo) {
      lower[i] = static_cast<char>(0xD0);
      lower[i + 1] = static_cast<char>(0xB5);
    }
    if (c == 0xD0 || c == 0xD1) ++i;
  }
  return lower;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

// A Russian word continues after its stem. An English word ends there, except for a plural: a catch is no
// cat.
bool begins_with(std::string_view text, std::string_view stem) {
  if (!text.starts_with(stem)) return false;
  if (static_cast<unsigned char>(stem.front()) >= 0x80) return true;
  text.remove_prefix(stem.size());
  auto ends = [](std::string_view rest) { return rest.empty() || !is_letter(rest.front()); };
  return ends(text) || (text.starts_with("s") && ends(text.substr(1))) ||
         (text.starts_with("es") && ends(text.substr(2)));
}

}  // namespace

std::string_view art_for(std::string_view title) {
  auto lower = lowered(title);
  std::string_view left(lower);
  for (bool at_begin = true; !left.empty(); at_begin = !is_letter(left.front()), left.remove_prefix(1)) {
    if (!at_begin) continue;
    const Stem* best = nullptr;
    for (const auto& stem : stems) {
      if (begins_with(left, stem.begin) && (!best || stem.begin.size() > best->begin.size())) best = &stem;
    }
    if (best) return best->art;
  }
  return unknown;
}

std::string placeholder_address(std::string_view title) { return missing_address(art_for(title)); }

}  // namespace bramble::media
