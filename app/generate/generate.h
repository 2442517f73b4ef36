// The demo data: the same size gives the same cards, points and stock, byte for byte, and a larger size
// begins with the smaller one. Everything goes through the services' APIs under fixed ids, so a run may be
// cut off and repeated.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "ports/clock.h"
#include "services/catalog/catalog.api.h"
#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble {

// Sites and pickup points alone; and with them 2,000, 100,000 or 1,000,000 cards.
enum class DemoSize { places, small, medium, large };

std::optional<DemoSize> parse_demo_size(std::string_view word);
std::int64_t cards_in(DemoSize size);

struct DemoTargets {
  catalog::CatalogApi& catalog;
  pickup::PickupApi& pickup;
  warehouse::WarehouseApi& warehouse;
  const Clock& clock;  // for the rate only
};

// How far it is: of `all_cards`, so many are there with their stock.
struct DemoProgress {
  std::int64_t cards = 0;
  std::int64_t all_cards = 0;
  std::int64_t skus = 0;
  std::int64_t units = 0;
  double cards_per_s = 0;  // since this run began
};

// Calls `progress` after each thousand cards, if there are any; the last time with cards == all_cards.
Task<void> generate_demo(DemoSize size, DemoTargets targets, Call call,
                         std::function<void(const DemoProgress&)> progress);

}  // namespace bramble
