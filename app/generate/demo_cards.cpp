#include "app/generate/demo_cards.h"

#include <cmath>
#include <cstdio>

#include "app/generate/demo_random.h"
#include "app/generate/demo_subjects.h"

namespace bramble {
namespace {

constexpr std::uint64_t card_kind = 2;
constexpr std::uint64_t stock_kind = 3;
constexpr std::int64_t skus_per_card = 10;  // room in the numbers of barcodes
constexpr std::size_t most_options = 4;
constexpr std::int64_t sellers = 40;
constexpr std::int64_t newest = 1'788'220'800'000'000;  // 2026-09-01
constexpr std::int64_t oldest_days = 700;

constexpr const char* brands[] = {
    "Nordvik", "Волга",   "Taiga",  "Ural Line", "Северин", "Milena", "Polaris Home", "Лесная сказка",
    "Aventa",  "Berkana", "Cosmo",  "Dorian",    "Elbrus",  "Fantom", "Grandis",      "Horizont",
    "Irbis",   "Jasmine", "Калина", "Lumen",     "Magnit",  "Нева",   "Orion",        "Peresvet",
    "Quattro", "Рассвет", "Sirius", "Tornado",   "Удача",   "Vesta",  "Wolfram",      "Зоря"};
constexpr const char* series[] = {"Classic", "Air",  "Pro", "Lite",   "Urban",   "Nova",
                                  "Prime",   "Soft", "Max", "Active", "Comfort", "Style"};
constexpr const char* colours[] = {"чёрный",  "белый",   "серый",      "синий",   "красный",  "зелёный",
                                   "бежевый", "розовый", "коричневый", "голубой", "бордовый", "жёлтый"};
constexpr const char* countries[] = {"Россия", "Беларусь", "Китай", "Турция", "Узбекистан", "Армения"};

template <std::size_t N>
const char* pick(DemoRandom& random, const char* const (&words)[N]) {
  return random.one_of(std::span<const char* const>(words));
}
const char* pick(DemoRandom& random, const std::vector<const char*>& words) {
  return random.one_of(std::span<const char* const>(words));
}

std::string numbered(const char* format, std::int64_t number) {
  char text[40];
  std::snprintf(text, sizeof text, format, static_cast<long long>(number));
  return text;
}

// Cheap goods are commoner than dear ones; shops like prices that end in 9.
std::int64_t price_of(DemoRandom& random, const DemoSubject& subject) {
  double share = random.unit() * random.unit();
  auto roubles =
      subject.price_min + static_cast<std::int64_t>(share * (subject.price_max - subject.price_min));
  return std::max<std::int64_t>(roubles / 10 * 10 - 1, 99) * 100;
}

void add_rating(DemoRandom& random, catalog::Card& card) {
  if (random.chance(15)) return;
  card.rating_count = 1 + static_cast<std::int64_t>(std::pow(random.unit(), 4) * 5'000);
  card.rating = static_cast<double>(50 - random.between(0, random.chance(20) ? 20 : 8)) / 10;
}

// Neighbouring sizes, as they are in a shop.
std::vector<const char*> options_of(DemoRandom& random, const DemoSubject& subject) {
  if (!subject.option) return {""};
  auto most = static_cast<std::int64_t>(std::min(subject.options.size(), most_options));
  auto count = random.between(1, most);
  auto first = random.between(0, static_cast<std::int64_t>(subject.options.size()) - count);
  return {subject.options.begin() + first, subject.options.begin() + first + count};
}

void add_skus(DemoRandom& random, const DemoSubject& subject, std::int64_t number, catalog::Card& card) {
  auto price = price_of(random, subject);
  std::optional<Money> old_price;
  if (random.chance(40)) old_price = rub(price * random.between(110, 170) / 100 / 1'000 * 1'000 + 900);
  auto id = numbered("sku_demo%06lld_", number);
  std::int64_t at = 0;
  for (const char* option : options_of(random, subject)) {
    catalog::Sku sku;
    sku.sku_id = SkuId(id + std::to_string(++at));
    if (subject.option) sku.options.emplace(subject.option, option);
    sku.price = rub(price);
    sku.old_price = old_price;
    sku.barcode = demo_barcode(number * skus_per_card + at);
    sku.weight_g = subject.weight_g;
    card.skus.push_back(std::move(sku));
  }
}

}  // namespace

std::string demo_barcode(std::int64_t number) {
  auto code = numbered("20%010lld", number);
  int sum = 0;
  for (std::size_t i = 0; i < code.size(); ++i) sum += (code[i] - '0') * (i % 2 ? 3 : 1);
  code.push_back(static_cast<char>('0' + (10 - sum % 10) % 10));
  return code;
}

catalog::Card demo_card(std::int64_t number) {
  DemoRandom random(card_kind, static_cast<std::uint64_t>(number));
  const auto& subject = random.one_of(std::span<const DemoSubject>(demo_subjects()));
  const auto& section = demo_sections()[static_cast<std::size_t>(subject.section)];
  catalog::Card card;
  card.product_id = ProductId(numbered("prd_demo%06lld", number));
  card.seller_id = SellerId(numbered("sel_demo%02lld", random.between(1, sellers)));
  card.vendor_code = numbered("DM-%06lld", number);
  card.brand = pick(random, brands);
  card.category_id = category_of(subject);
  const char* kind = pick(random, subject.kinds);
  const char* colour = pick(random, colours);
  const char* country = pick(random, countries);
  const char* value = pick(random, subject.values);
  auto model = std::string(pick(random, series)) + " " + std::to_string(random.between(1, 99));
  card.title = std::string(subject.noun) + " " + kind + " " + card.brand + " " + model + ", цвет " + colour;
  card.description = std::string(subject.noun) + " " + kind + " от бренда " + card.brand + ", модель " +
                     model + ". " + subject.attribute + ": " + value + ". " + section.praise + " Цвет — " +
                     colour + ". Страна производства — " + country + ".";
  card.attributes = {
      {"Цвет", colour}, {subject.attribute, value}, {"Страна производства", country}, {"Модель", model}};
  add_rating(random, card);
  card.created_at = Time{newest} - minutes(random.between(0, oldest_days * 24 * 60));
  add_skus(random, subject, number, card);
  return card;
}

std::vector<DemoStock> demo_stock(std::int64_t number, const catalog::Card& card, std::size_t sites) {
  DemoRandom random(stock_kind, static_cast<std::uint64_t>(number));
  std::vector<DemoStock> stock;
  for (const auto& sku : card.skus) {
    auto first = random.between(0, static_cast<std::int64_t>(sites) - 1);
    auto places = random.chance(60) ? 1 : random.between(2, 3);
    for (std::int64_t i = 0; i < places; ++i) {
      auto site = static_cast<std::size_t>(first + i) % sites;
      auto bin =
          "A-" + numbered("%02lld", random.between(1, 40)) + "-" + std::to_string(random.between(1, 9));
      stock.push_back({sku.sku_id, site, random.between(200, 900), std::move(bin)});
    }
  }
  return stock;
}

}  // namespace bramble
