#include "services/inventory/placement.h"

#include <gtest/gtest.h>

namespace bramble::inventory {
namespace {

const SkuId shoe("sku_shoe");
const SkuId sock("sku_sock");
const SiteId near("site_near");
const SiteId far("site_far");
const SiteId middle("site_middle");

Levels levels_of(std::vector<SiteLevel> of_shoes, std::vector<SiteLevel> of_socks = {}) {
  return {{shoe, std::move(of_shoes)}, {sock, std::move(of_socks)}};
}

struct Case {
  std::string name;
  std::vector<Line> lines;
  Levels levels;
  std::optional<std::vector<Placement>> placed;
};

class PlacementTable : public testing::TestWithParam<Case> {};

TEST_P(PlacementTable, TakesTheGoodsFromWhereTheyShouldCome) {
  EXPECT_EQ(place(GetParam().lines, GetParam().levels), GetParam().placed);
}

std::vector<Case> cases() {
  return {
      {"NearestSiteFirst", {{shoe, 1}}, levels_of({{far, 900, 5}, {near, 10, 5}}), {{{shoe, near, 1}}}},
      {"TheNearestThatHasEnough", {{shoe, 3}}, levels_of({{near, 10, 2}, {far, 900, 3}}), {{{shoe, far, 3}}}},
      {"OneSiteIsPreferredToANearerHalf",
       {{shoe, 1}, {sock, 1}},
       levels_of({{near, 10, 1}, {far, 900, 1}}, {{far, 900, 1}}),
       {{{shoe, far, 1}, {sock, far, 1}}}},
      {"NearestOfSeveralSitesThatHaveAll",
       {{shoe, 1}, {sock, 2}},
       levels_of({{far, 900, 1}, {middle, 50, 1}, {near, 10, 1}},
                 {{far, 900, 2}, {middle, 50, 2}, {near, 10, 1}}),
       {{{shoe, middle, 1}, {sock, middle, 2}}}},
      {"NoSiteHasAllSoEachLineFromItsNearest",
       {{shoe, 1}, {sock, 1}},
       levels_of({{near, 10, 1}, {far, 900, 1}}, {{middle, 50, 1}}),
       {{{shoe, near, 1}, {sock, middle, 1}}}},
      {"ALineIsSplitOverSitesNearestFirst",
       {{shoe, 6}},
       levels_of({{far, 900, 4}, {near, 10, 3}, {middle, 50, 2}}),
       {{{shoe, near, 3}, {shoe, middle, 2}, {shoe, far, 1}}}},
      {"LinesOfOneSkuAreAddedUp",
       {{shoe, 2}, {shoe, 1}},
       levels_of({{near, 10, 2}, {far, 900, 3}}),
       {{{shoe, far, 3}}}},
      {"EqualDistancesAreDecidedByTheName",
       {{shoe, 1}},
       levels_of({{near, 10, 1}, {far, 10, 1}}),
       {{{shoe, far, 1}}}},
      {"NothingAtAllIfOneLineFallsShort",
       {{shoe, 1}, {sock, 2}},
       levels_of({{near, 10, 9}}, {{near, 10, 1}}),
       std::nullopt},
      {"NothingIfAllSitesTogetherFallShort",
       {{shoe, 6}},
       levels_of({{near, 10, 2}, {far, 900, 3}}),
       std::nullopt},
      {"TheLastUnitsOfAllSites",
       {{shoe, 5}},
       levels_of({{near, 10, 2}, {far, 900, 3}}),
       {{{shoe, near, 2}, {shoe, far, 3}}}},
      {"AnUnknownSkuIsNowhere", {{SkuId("sku_other"), 1}}, levels_of({{near, 10, 2}}), std::nullopt},
      {"NothingWantedIsNothingPlaced", {}, levels_of({{near, 10, 2}}), std::nullopt},
  };
}

INSTANTIATE_TEST_SUITE_P(Placement, PlacementTable, testing::ValuesIn(cases()),
                         [](const auto& about) { return about.param.name; });

TEST(Shortages, NameTheSkusOfWhichThereAreTooFewAndWhatIsLeft) {
  auto levels = levels_of({{near, 10, 2}, {far, 900, 3}}, {{near, 10, 1}});
  EXPECT_EQ(shortages({{shoe, 3}, {sock, 2}, {shoe, 3}, {SkuId("sku_other"), 1}}, levels),
            (std::vector<Level>{{SkuId("sku_other"), 0}, {shoe, 5}, {sock, 1}}));
  EXPECT_TRUE(shortages({{shoe, 5}, {sock, 1}}, levels).empty());
}

TEST(Distance, IsTheGreatCircle) {
  EXPECT_NEAR(distance_m(55.7558, 37.6173, 59.9343, 30.3351), 633'000, 2'000);  // Moscow to Saint Petersburg
  EXPECT_EQ(distance_m(55.7, 37.6, 55.7, 37.6), 0);
  EXPECT_NEAR(distance_m(0, 179.9, 0, -179.9), 22'239, 10);  // across the date line
  EXPECT_NEAR(distance_m(90, 0, -90, 0), 20'015'087, 10);
}

}  // namespace
}  // namespace bramble::inventory
