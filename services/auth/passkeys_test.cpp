#include "services/auth/passkeys.h"

#include <gtest/gtest.h>

#include "services/auth/soft_authenticator_test.h"

namespace bramble::auth {
namespace {

const RelyingParty party{"https://ops.example", "ops.example"};
constexpr const char* challenge = "Y2hhbGxlbmdl";

TEST(RelyingParties, AreHostsThatBrowsersKnowPasskeysOf) {
  EXPECT_EQ(relying_party_of("https://ops.example")->id, "ops.example");
  EXPECT_EQ(relying_party_of("https://ops.example:8443/console")->origin, "https://ops.example:8443");
  EXPECT_EQ(relying_party_of("http://localhost:8082")->id, "localhost");
  for (const char* none : {"http://127.0.0.1:8082", "https://192.0.2.1", "https://[::1]:8082",
                           "http://ops.example", "ops.example", "", "https://"}) {
    EXPECT_FALSE(relying_party_of(none)) << none;
  }
}

class EachKind : public testing::TestWithParam<KeyKind> {
 protected:
  SoftAuthenticator authenticator{GetParam(), party.id, "credential one"};
  std::string create = client_data("webauthn.create", challenge, party.origin);
  std::string get = client_data("webauthn.get", challenge, party.origin);

  Registration registered() const {
    return check_registration(party, challenge, create, authenticator.registration_data()).value();
  }
  bool is_good(const RelyingParty& at, const std::string& asked, const std::string& client,
               const std::string& data, const std::string& signature) const {
    return check_assertion(at, asked, key, client, data, signature).has_value();
  }
  PublicKey key = registered().key;
};

INSTANTIATE_TEST_SUITE_P(Keys, EachKind, testing::Values(KeyKind::es256, KeyKind::eddsa, KeyKind::rs256));

TEST_P(EachKind, IsRegisteredAndSigns) {
  EXPECT_EQ(registered().credential_id, "credential one");
  auto data = authenticator.assertion_data(7);
  auto count = check_assertion(party, challenge, registered().key, get, data, authenticator.sign(data, get));
  ASSERT_TRUE(count);
  EXPECT_EQ(*count, 7u);
}

TEST_P(EachKind, SignsForOurOriginAndThisChallengeAlone) {
  auto data = authenticator.assertion_data(1);
  auto good = [&](const std::string& client) {
    return is_good(party, challenge, client, data, authenticator.sign(data, client));
  };
  EXPECT_TRUE(good(get));
  EXPECT_FALSE(good(client_data("webauthn.create", challenge, party.origin))) << "another ceremony";
  EXPECT_FALSE(good(client_data("webauthn.get", "b3RoZXI", party.origin))) << "another challenge";
  EXPECT_FALSE(good(client_data("webauthn.get", challenge, "https://evil.example"))) << "another page";
  auto framed = get;
  framed.replace(framed.find("false"), 5, "true");
  EXPECT_FALSE(good(framed)) << "in a foreign frame";
  EXPECT_FALSE(good("no JSON"));
}

TEST_P(EachKind, IsRefusedWhenAnythingWasChanged) {
  auto data = authenticator.assertion_data(1);
  auto signature = authenticator.sign(data, get);
  auto flipped = signature;
  flipped.back() = static_cast<char>(flipped.back() ^ 1);
  EXPECT_FALSE(is_good(party, challenge, get, data, flipped));
  EXPECT_FALSE(is_good(party, challenge, get, data, ""));
  EXPECT_FALSE(is_good(party, challenge, get, authenticator.assertion_data(2), signature)) << "the count";
  SoftAuthenticator stranger(GetParam(), party.id, "credential one");
  EXPECT_FALSE(is_good(party, challenge, get, data, stranger.sign(data, get)));
  SoftAuthenticator elsewhere(GetParam(), "evil.example", "credential one");
  auto foreign = elsewhere.assertion_data(1);
  EXPECT_FALSE(is_good(party, challenge, get, foreign, authenticator.sign(foreign, get))) << "another host";
  authenticator.flags = 0x04;
  auto absent = authenticator.assertion_data(1);
  EXPECT_FALSE(is_good(party, challenge, get, absent, authenticator.sign(absent, get)))
      << "nobody touched it";
}

TEST_P(EachKind, IsNotRegisteredForAnotherPlaceOrInPieces) {
  auto data = authenticator.registration_data();
  EXPECT_FALSE(check_registration(party, "b3RoZXI", create, data));
  EXPECT_FALSE(check_registration(party, challenge, get, data));
  EXPECT_FALSE(check_registration({"https://evil.example", "evil.example"}, challenge,
                                  client_data("webauthn.create", challenge, "https://evil.example"), data));
  for (std::size_t size = 0; size < data.size(); size += 7) {
    EXPECT_FALSE(check_registration(party, challenge, create, data.substr(0, size))) << size;
  }
}

TEST(SignatureCounts, GrowOrAreNotKeptAtAll) {
  EXPECT_TRUE(is_next_count(0, 0));
  EXPECT_TRUE(is_next_count(0, 1));
  EXPECT_TRUE(is_next_count(7, 8));
  EXPECT_FALSE(is_next_count(7, 7));
  EXPECT_FALSE(is_next_count(7, 6));
  EXPECT_FALSE(is_next_count(7, 0));
}

}  // namespace
}  // namespace bramble::auth
