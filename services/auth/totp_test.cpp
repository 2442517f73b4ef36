#include "services/auth/totp.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "services/auth/sealed_text.h"
#include "testing/clock.h"

namespace bramble::auth {
namespace {

const std::string rfc_secret = "12345678901234567890";

Time at(std::int64_t seconds_since_1970) { return Time{seconds_since_1970 * 1'000'000}; }

// The last six digits of RFC 6238, appendix B.
TEST(Totp, MakesTheCodesOfTheStandard) {
  for (const auto& [when, code] : {std::pair<std::int64_t, const char*>{59, "287082"},
                                   {1'111'111'109, "081804"},
                                   {1'111'111'111, "050471"},
                                   {1'234'567'890, "005924"},
                                   {2'000'000'000, "279037"},
                                   {20'000'000'000, "353130"}}) {
    EXPECT_EQ(totp_step_of(rfc_secret, code, at(when), 0), when / 30) << when;
  }
}

TEST(Totp, AllowsForAClockThatIsOneStepOff) {
  std::int64_t when = 1'111'111'111;
  EXPECT_EQ(totp_step_of(rfc_secret, "050471", at(when + 30), 0), when / 30);
  EXPECT_EQ(totp_step_of(rfc_secret, "050471", at(when - 30), 0), when / 30);
  EXPECT_FALSE(totp_step_of(rfc_secret, "050471", at(when + 60), 0));
  EXPECT_FALSE(totp_step_of(rfc_secret, "050471", at(when - 60), 0));
}

TEST(Totp, TakesNoCodeTwiceNorAnEarlierOne) {
  std::int64_t when = 1'111'111'111;
  EXPECT_FALSE(totp_step_of(rfc_secret, "050471", at(when), when / 30));
  EXPECT_FALSE(totp_step_of(rfc_secret, "050471", at(when), when / 30 + 1));
  EXPECT_TRUE(totp_step_of(rfc_secret, "050471", at(when), when / 30 - 1));
}

TEST(Totp, TakesNothingElse) {
  for (const char* wrong : {"", "05047", "0504710", "abcdef", "050472"}) {
    EXPECT_FALSE(totp_step_of(rfc_secret, wrong, at(1'111'111'111), 0)) << wrong;
  }
}

TEST(Totp, IsGivenToAppsAsTheyReadIt) {
  EXPECT_EQ(to_base32(rfc_secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  EXPECT_EQ(otpauth_uri("Bramble", "anna", rfc_secret),
            "otpauth://totp/Bramble:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bramble"
            "&algorithm=SHA1&digits=6&period=30");
}

TEST(SealedTexts, OpenWithTheirKeyForTheirOwnerAlone) {
  SeededRandom random;
  Sealer sealer("a key");
  auto sealed = sealer.seal(random, rfc_secret, "usr_1");
  EXPECT_EQ(sealed.find(rfc_secret), std::string::npos);
  EXPECT_NE(sealed, sealer.seal(random, rfc_secret, "usr_1"));
  EXPECT_EQ(sealer.open(sealed, "usr_1"), rfc_secret);
  EXPECT_THROW(sealer.open(sealed, "usr_2"), Error);
  EXPECT_THROW(Sealer("another key").open(sealed, "usr_1"), Error);
  sealed[40] = sealed[40] == 'A' ? 'B' : 'A';
  EXPECT_THROW(sealer.open(sealed, "usr_1"), Error);
  EXPECT_THROW(sealer.open("", "usr_1"), Error);
}

}  // namespace
}  // namespace bramble::auth
