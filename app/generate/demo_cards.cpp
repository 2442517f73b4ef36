#include "app/generate/demo_cards.h"

#include <cmath>
#include <cstdio>

#include "app/generate/demo_random.h"
#include "app/generate/demo_words.h"
#include "gateways/media/media_address.h"

namespace bramble {
namespace {

constexpr std::uint64_t card_kind = 2;
constexpr std::uint64_t stock_kind = 3;
constexpr std::int64_t skus_per_card = 10;  // room in the numbers of barcodes
constexpr std::size_t most_options = 4;
constexpr std::size_t most_colours = 3;
constexpr double usual_rating = 4.6;
constexpr std::int64_t sellers = 40;
constexpr std::int64_t newest = 1'788'220'800'000'000;  // 2026-09-01
constexpr std::int64_t oldest_days = 700;

std::string numbered(const char* format, std::int64_t number) {
  char text[40];
  std::snprintf(text, sizeof text, format, static_cast<long long>(number));
  return text;
}

// Cheap goods are commoner than dear ones; shops like prices that end just below a round one.
std::int64_t shop_price(double roubles) {
  auto whole = static_cast<std::int64_t>(roubles);
  if (whole < 1'000) return std::max<std::int64_t>(whole / 10 * 10 - 1, 49) * 100;
  if (whole < 10'000) return (whole / 50 * 50 - 1) * 100;
  return (whole / 500 * 500 - 10) * 100;
}

// New cards have few ratings, most have some dozens, a few have thousands; few ratings scatter more.
void add_rating(DemoRandom& random, double age, catalog::Card& card) {
  if (random.chance(8)) return;
  card.rating_count = 1 + static_cast<std::int64_t>(std::pow(random.unit(), 4) * (0.1 + 0.9 * age) * 6'000);
  double scatter = card.rating_count < 8 ? 0.9 : 0.4;
  double rating =
      std::clamp(usual_rating + random.around() * scatter, 2.7, card.rating_count < 30 ? 5.0 : 4.9);
  card.rating = std::round(rating * 10) / 10;
}

// Neighbours in a list, as sizes are in a shop.
template <class Items>
auto neighbours(DemoRandom& random, const Items& items, std::size_t most) {
  auto count = random.between(1, static_cast<std::int64_t>(std::min(items.size(), most)));
  auto first = random.between(0, static_cast<std::int64_t>(items.size()) - count);
  return std::pair(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
}

std::vector<const DemoColour*> colours_of(DemoRandom& random, const DemoSubject& subject) {
  if (subject.colours.empty()) return {};
  auto most = random.chance(70)               ? std::size_t{1}
              : subject.option.values.empty() ? most_colours
                                              : std::size_t{2};
  auto [first, count] = neighbours(random, subject.colours, most);
  return {subject.colours.begin() + static_cast<std::ptrdiff_t>(first),
          subject.colours.begin() + static_cast<std::ptrdiff_t>(first + count)};
}

// One SKU for each colour and each value of the option.
void add_skus(DemoRandom& random, const DemoSubject& subject, const std::vector<const DemoColour*>& colours,
              std::int64_t number, catalog::Card& card) {
  double share = random.unit() * random.unit();
  double roubles = subject.price_min + share * (subject.price_max - subject.price_min);
  auto discount = random.chance(40) ? random.between(112, 170) : 0;
  const auto& values = subject.option.values;
  auto [first, count] = values.empty() ? std::pair(std::size_t{0}, std::size_t{1})
                                       : neighbours(random, values, colours.size() > 1 ? 3 : most_options);
  auto id = numbered("sku_demo%06lld_", number);
  for (std::size_t colour = 0; colour < std::max<std::size_t>(colours.size(), 1); ++colour) {
    for (auto at = first; at < first + count; ++at) {
      catalog::Sku sku;
      auto place = static_cast<std::int64_t>(card.skus.size()) + 1;
      sku.sku_id = SkuId(id + std::to_string(place));
      if (colours.size() > 1) sku.options.emplace("цвет", colours[colour]->ru[0]);
      if (!values.empty()) sku.options.emplace(subject.option.name.ru, values[at].ru);
      double steps = std::pow(1 + subject.step_percent / 100.0, static_cast<double>(at - first));
      sku.price = rub(shop_price(roubles * steps));
      if (discount) sku.old_price = rub(shop_price(roubles * steps * discount / 100) + 100'00);
      sku.barcode = demo_barcode(number * skus_per_card + place);
      sku.weight_g = subject.weight_g;
      card.skus.push_back(std::move(sku));
    }
  }
}

// Three to five; where it comes in several colours, one of each other colour as well, which is its SKUs' own.
void add_pictures(DemoRandom& random, const DemoSubject& subject,
                  const std::vector<const DemoColour*>& colours, std::int64_t number, catalog::Card& card) {
  media::GoodsPicture picture{.art = subject.art,
                              .colour = colours.empty() ? std::string() : colours.front()->slug,
                              .brand = card.brand,
                              .seed = static_cast<std::uint32_t>(number)};
  auto count = random.between(3, media::views);
  for (int view = 1; view <= count; ++view) {
    picture.view = static_cast<media::View>(view);
    card.images.push_back(media::goods_address(picture));
  }
  picture.view = media::View::front;
  for (std::size_t other = 1; other < colours.size(); ++other) {
    picture.colour = colours[other]->slug;
    card.images.push_back(media::goods_address(picture));
    for (auto& sku : card.skus) {
      if (sku.options.at("цвет") == colours[other]->ru[0]) sku.image = card.images.back();
    }
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
  catalog::Card card;
  card.product_id = ProductId(numbered("prd_demo%06lld", number));
  card.seller_id = SellerId(numbered("sel_demo%02lld", random.between(1, sellers)));
  card.vendor_code = numbered("DM-%06lld", number);
  card.category_id = category_of(subject);
  auto age = random.between(0, oldest_days * 24 * 60);
  card.created_at = Time{newest} - minutes(age);
  auto colours = colours_of(random, subject);
  add_words(random, subject, colours, card);
  add_rating(random, static_cast<double>(age) / (oldest_days * 24 * 60), card);
  add_skus(random, subject, colours, number, card);
  add_option_words(subject, colours, card);
  add_pictures(random, subject, colours, number, card);
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
