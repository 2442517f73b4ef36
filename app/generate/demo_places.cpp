#include "app/generate/demo_places.h"

#include <cmath>
#include <cstdio>

#include "app/generate/demo_random.h"
#include "app/generate/demo_subjects.h"

namespace bramble {
namespace {

struct City {
  DemoWords title;
  double lat;
  double lon;
  int points;
};

const City cities[] = {{{"Москва", "Moscow"}, 55.7558, 37.6173, 90},
                       {{"Санкт-Петербург", "Saint Petersburg"}, 59.9343, 30.3351, 50},
                       {{"Новосибирск", "Novosibirsk"}, 55.0302, 82.9204, 24},
                       {{"Екатеринбург", "Yekaterinburg"}, 56.8389, 60.6057, 24},
                       {{"Казань", "Kazan"}, 55.7963, 49.1088, 22},
                       {{"Нижний Новгород", "Nizhny Novgorod"}, 56.3269, 44.0059, 18},
                       {{"Красноярск", "Krasnoyarsk"}, 56.0106, 92.8526, 16},
                       {{"Челябинск", "Chelyabinsk"}, 55.1644, 61.4368, 16},
                       {{"Самара", "Samara"}, 53.1959, 50.1002, 16},
                       {{"Уфа", "Ufa"}, 54.7388, 55.9721, 16},
                       {{"Ростов-на-Дону", "Rostov-on-Don"}, 47.2225, 39.7187, 16},
                       {{"Краснодар", "Krasnodar"}, 45.0355, 38.9753, 18},
                       {{"Омск", "Omsk"}, 54.9885, 73.3242, 14},
                       {{"Воронеж", "Voronezh"}, 51.6608, 39.2003, 14},
                       {{"Пермь", "Perm"}, 58.0105, 56.2502, 14},
                       {{"Волгоград", "Volgograd"}, 48.7080, 44.5133, 12},
                       {{"Саратов", "Saratov"}, 51.5336, 46.0343, 10},
                       {{"Тюмень", "Tyumen"}, 57.1530, 65.5343, 10},
                       {{"Тольятти", "Tolyatti"}, 53.5078, 49.4204, 8},
                       {{"Барнаул", "Barnaul"}, 53.3474, 83.7783, 8},
                       {{"Ижевск", "Izhevsk"}, 56.8527, 53.2115, 8},
                       {{"Хабаровск", "Khabarovsk"}, 48.4802, 135.0719, 8},
                       {{"Владивосток", "Vladivostok"}, 43.1155, 131.8855, 8},
                       {{"Иркутск", "Irkutsk"}, 52.2870, 104.3050, 8},
                       {{"Ярославль", "Yaroslavl"}, 57.6261, 39.8845, 8},
                       {{"Томск", "Tomsk"}, 56.4846, 84.9482, 6},
                       {{"Оренбург", "Orenburg"}, 51.7682, 55.0970, 6},
                       {{"Кемерово", "Kemerovo"}, 55.3551, 86.0868, 6},
                       {{"Рязань", "Ryazan"}, 54.6269, 39.6916, 6},
                       {{"Калининград", "Kaliningrad"}, 54.7104, 20.4522, 6},
                       {{"Тула", "Tula"}, 54.1931, 37.6173, 6},
                       {{"Сочи", "Sochi"}, 43.6028, 39.7342, 6},
                       {{"Архангельск", "Arkhangelsk"}, 64.5393, 40.5170, 4},
                       {{"Мурманск", "Murmansk"}, 68.9585, 33.0827, 4}};

const DemoWords streets[] = {{"ул. Ленина", "Lenina St"},
                             {"ул. Мира", "Mira St"},
                             {"пр-т Победы", "Pobedy Ave"},
                             {"ул. Гагарина", "Gagarina St"},
                             {"ул. Садовая", "Sadovaya St"},
                             {"ул. Советская", "Sovetskaya St"},
                             {"ул. Молодёжная", "Molodyozhnaya St"},
                             {"ул. Кирова", "Kirova St"},
                             {"ул. Пушкина", "Pushkina St"},
                             {"ул. Чехова", "Chekhova St"},
                             {"ул. Лесная", "Lesnaya St"},
                             {"ул. Школьная", "Shkolnaya St"},
                             {"ул. Заречная", "Zarechnaya St"},
                             {"пр-т Строителей", "Stroiteley Ave"},
                             {"ул. Космонавтов", "Kosmonavtov St"},
                             {"ул. Октябрьская", "Oktyabrskaya St"},
                             {"ул. Набережная", "Naberezhnaya St"},
                             {"ул. Центральная", "Tsentralnaya St"},
                             {"ул. Полевая", "Polevaya St"},
                             {"ул. Толстого", "Tolstogo St"}};

constexpr std::uint64_t point_kind = 1;
constexpr double city_radius_degrees = 0.12;

double rounded(double degrees) { return std::round(degrees * 1e6) / 1e6; }

struct DemoPoint {
  pickup::Point point;
  pickup::PointText english;
};

DemoPoint point_of(const City& city, int number) {
  DemoRandom random(point_kind, static_cast<std::uint64_t>(number));
  char id[24];
  std::snprintf(id, sizeof id, "pp_demo%04d", number);
  pickup::Point point;
  point.pickup_point_id = PickupPointId(id);
  const auto& street = random.one_of(std::span<const DemoWords>(streets));
  auto house = std::to_string(random.between(1, 180));
  auto in_words = std::to_string(number);
  point.title = "Пункт выдачи № " + in_words;
  point.address = "г. " + city.title.ru + ", " + street.ru + ", д. " + house;
  pickup::PointText english{point.pickup_point_id, "en", "Pickup point No. " + in_words,
                            house + " " + street.en + ", " + city.title.en};
  point.lat = rounded(city.lat + random.around() * city_radius_degrees);
  // A degree of longitude is shorter the further north one is.
  point.lon =
      rounded(city.lon + random.around() * city_radius_degrees / std::cos(city.lat * 3.14159265 / 180));
  return {std::move(point), std::move(english)};
}

}  // namespace

std::vector<warehouse::Site> demo_sites() {
  auto site = [](const char* id, const char* title, double lat, double lon) {
    return warehouse::Site{SiteId(id), title, "fulfilment_centre", lat, lon};
  };
  return {site("site_demo_moscow", "Москва, Подольск", 55.4242, 37.5544),
          site("site_demo_petersburg", "Санкт-Петербург, Шушары", 59.8096, 30.3810),
          site("site_demo_kazan", "Казань, Зеленодольск", 55.8466, 48.5010),
          site("site_demo_krasnodar", "Краснодар", 45.0962, 38.9010),
          site("site_demo_ekaterinburg", "Екатеринбург", 56.7960, 60.7330),
          site("site_demo_novosibirsk", "Новосибирск, Обь", 54.9950, 82.7120)};
}

// Racks with numbered shelves, floor places, the import's shelves, and where load tests put their goods.
std::vector<std::string> demo_bins() {
  return {"{A..H}-{01..60}-{1..9}", "{A..H}-{01..60}", "{A..H}-{1..60}", "I-{01..99}-{1..99}",
          "BENCH-{01..99}"};
}

pickup::PutPointsRequest demo_points() {
  pickup::PutPointsRequest request;
  for (const auto& city : cities) {
    for (int i = 0; i < city.points; ++i) {
      auto made = point_of(city, static_cast<int>(request.items.size()) + 1);
      request.items.push_back(std::move(made.point));
      request.texts.push_back(std::move(made.english));
    }
  }
  return request;
}

}  // namespace bramble
