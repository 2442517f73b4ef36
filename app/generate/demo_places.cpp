#include "app/generate/demo_places.h"

#include <cmath>
#include <cstdio>

#include "app/generate/demo_random.h"

namespace bramble {
namespace {

struct City {
  const char* title;
  double lat;
  double lon;
  int points;
};

constexpr City cities[] = {{"Москва", 55.7558, 37.6173, 90},
                           {"Санкт-Петербург", 59.9343, 30.3351, 50},
                           {"Новосибирск", 55.0302, 82.9204, 24},
                           {"Екатеринбург", 56.8389, 60.6057, 24},
                           {"Казань", 55.7963, 49.1088, 22},
                           {"Нижний Новгород", 56.3269, 44.0059, 18},
                           {"Красноярск", 56.0106, 92.8526, 16},
                           {"Челябинск", 55.1644, 61.4368, 16},
                           {"Самара", 53.1959, 50.1002, 16},
                           {"Уфа", 54.7388, 55.9721, 16},
                           {"Ростов-на-Дону", 47.2225, 39.7187, 16},
                           {"Краснодар", 45.0355, 38.9753, 18},
                           {"Омск", 54.9885, 73.3242, 14},
                           {"Воронеж", 51.6608, 39.2003, 14},
                           {"Пермь", 58.0105, 56.2502, 14},
                           {"Волгоград", 48.7080, 44.5133, 12},
                           {"Саратов", 51.5336, 46.0343, 10},
                           {"Тюмень", 57.1530, 65.5343, 10},
                           {"Тольятти", 53.5078, 49.4204, 8},
                           {"Барнаул", 53.3474, 83.7783, 8},
                           {"Ижевск", 56.8527, 53.2115, 8},
                           {"Хабаровск", 48.4802, 135.0719, 8},
                           {"Владивосток", 43.1155, 131.8855, 8},
                           {"Иркутск", 52.2870, 104.3050, 8},
                           {"Ярославль", 57.6261, 39.8845, 8},
                           {"Томск", 56.4846, 84.9482, 6},
                           {"Оренбург", 51.7682, 55.0970, 6},
                           {"Кемерово", 55.3551, 86.0868, 6},
                           {"Рязань", 54.6269, 39.6916, 6},
                           {"Калининград", 54.7104, 20.4522, 6},
                           {"Тула", 54.1931, 37.6173, 6},
                           {"Сочи", 43.6028, 39.7342, 6},
                           {"Архангельск", 64.5393, 40.5170, 4},
                           {"Мурманск", 68.9585, 33.0827, 4}};

constexpr const char* streets[] = {"ул. Ленина",     "ул. Мира",        "пр-т Победы",     "ул. Гагарина",
                                   "ул. Садовая",    "ул. Советская",   "ул. Молодёжная",  "ул. Кирова",
                                   "ул. Пушкина",    "ул. Чехова",      "ул. Лесная",      "ул. Школьная",
                                   "ул. Заречная",   "пр-т Строителей", "ул. Космонавтов", "ул. Октябрьская",
                                   "ул. Набережная", "ул. Центральная", "ул. Полевая",     "ул. Толстого"};

constexpr std::uint64_t point_kind = 1;
constexpr double city_radius_degrees = 0.12;

double rounded(double degrees) { return std::round(degrees * 1e6) / 1e6; }

pickup::Point point_of(const City& city, int number) {
  DemoRandom random(point_kind, static_cast<std::uint64_t>(number));
  char id[24];
  std::snprintf(id, sizeof id, "pp_demo%04d", number);
  pickup::Point point;
  point.pickup_point_id = PickupPointId(id);
  point.title = std::string("Пункт выдачи № ") + std::to_string(number);
  point.address = std::string("г. ") + city.title + ", " +
                  random.one_of(std::span<const char* const>(streets)) + ", д. " +
                  std::to_string(random.between(1, 180));
  point.lat = rounded(city.lat + random.around() * city_radius_degrees);
  // A degree of longitude is shorter the further north one is.
  point.lon =
      rounded(city.lon + random.around() * city_radius_degrees / std::cos(city.lat * 3.14159265 / 180));
  return point;
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

std::vector<pickup::Point> demo_points() {
  std::vector<pickup::Point> points;
  for (const auto& city : cities) {
    for (int i = 0; i < city.points; ++i)
      points.push_back(point_of(city, static_cast<int>(points.size()) + 1));
  }
  return points;
}

}  // namespace bramble
