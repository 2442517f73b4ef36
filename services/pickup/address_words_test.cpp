#include "services/pickup/address_words.h"

#include <gtest/gtest.h>

namespace bramble::pickup {
namespace {

TEST(AddressWords, AreComparableHoweverTheyWereTyped) {
  EXPECT_EQ(address_words("г. Москва, ул. Ленина, д. 12"), " g moskva ul lenina d 12");
  EXPECT_EQ(address_words("МОСКВА"), address_words("moskva"));
  EXPECT_EQ(address_words("ул. Молодёжная"), " ul molodezhnaya");
  EXPECT_EQ(address_words("Тверь, Объездная"), " tver obezdnaya");
  EXPECT_EQ(address_words(" — \xFF\xFE,,, "), "");
}

TEST(AddressWords, EachWantedWordHasToBeginOne) {
  auto known = address_words("Пункт № 7, г. Нижний Новгород, пр-т Победы");
  EXPECT_TRUE(has_words(known, address_words("новг побед")));
  EXPECT_TRUE(has_words(known, address_words("7")));
  EXPECT_TRUE(has_words(known, ""));
  EXPECT_FALSE(has_words(known, address_words("город")));
  EXPECT_FALSE(has_words(known, address_words("нижний тагил")));
}

}  // namespace
}  // namespace bramble::pickup
