#include "base/digest.h"

#include <gtest/gtest.h>

namespace bramble {
namespace {

// FIPS 180-2, appendix B; RFC 4231, test case 2.
TEST(Digest, AreTheStandardsOwn) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex({"a", "", "bc"}), sha256_hex("abc"));
  EXPECT_EQ(sha256("abc").size(), 32U);
  EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac_sha256("", "").size(), 32U);
}

}  // namespace
}  // namespace bramble
