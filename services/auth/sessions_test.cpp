#include <set>

#include "services/auth/auth_stand.h"

namespace bramble::auth {
namespace {

class Sessions : public AuthStand {};
class Staff : public AuthStand {};
class AccessTokens : public AuthStand {};

TEST_F(Sessions, ARefreshTokenWorksOnce) {
  auto first = sign_in();
  auto second = refresh(first.refresh_token);
  EXPECT_EQ(second.user, first.user);
  EXPECT_NE(second.refresh_token, first.refresh_token);
  EXPECT_NO_THROW(refresh(second.refresh_token));
}

TEST_F(Sessions, AUsedTokenThatComesAgainEndsItsFamily) {
  auto first = sign_in();
  auto second = refresh(first.refresh_token);
  database.clock.advance(seconds(10));
  EXPECT_EQ(refresh_failure(first.refresh_token), "refresh_refused");
  EXPECT_EQ(refresh_failure(second.refresh_token), "refresh_refused");
  // Only its own.
  EXPECT_NO_THROW(refresh(sign_in().refresh_token));
}

TEST_F(Sessions, ATokenThatComesAgainEndsItsFamilyOnceItsSuccessorWasUsed) {
  auto first = sign_in();
  auto third = refresh(refresh(first.refresh_token).refresh_token);
  EXPECT_EQ(refresh_failure(first.refresh_token), "refresh_refused");
  EXPECT_EQ(refresh_failure(third.refresh_token), "refresh_refused");
}

TEST_F(Sessions, AThiefAsQuickAsTheOwnerIsFoundByTheNextToken) {
  auto stolen = sign_in().refresh_token;
  auto owners = refresh(stolen).refresh_token;
  auto thiefs = refresh(stolen).refresh_token;
  EXPECT_EQ(owners, thiefs) << "two lines of one session: neither would ever meet the other";
  auto next = refresh(thiefs);
  database.clock.advance(seconds(10));
  EXPECT_EQ(refresh_failure(owners), "refresh_refused");
  EXPECT_EQ(refresh_failure(next.refresh_token), "refresh_refused");
}

TEST_F(Sessions, ATokenUsedAtOnceBringsTheSameSuccessorAndTheSessionGoesOn) {
  auto tokens = sign_in();
  int worked = 0;
  std::set<std::string> next;
  auto use = [&]() -> Task<void> {
    try {
      next.insert((co_await auth.refresh(database.call, {tokens.refresh_token, "storefront"})).refresh_token);
      ++worked;
    } catch (const Error&) {
    }
  };
  std::vector<Task<void>> tasks;
  for (int i = 0; i < 8; ++i) tasks.push_back(use());
  run_sync(all(std::move(tasks)));
  EXPECT_EQ(worked, 8);
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM refresh"), 2);
  EXPECT_NO_THROW(refresh(*next.begin()));
}

TEST_F(Sessions, ATokenOfAnotherAudienceIsNoGood) {  // I25
  auto buyer = sign_in();
  EXPECT_EQ(refresh_failure(buyer.refresh_token, "ops"), "refresh_refused");
  EXPECT_NO_THROW(refresh(buyer.refresh_token));
  put_staff("a long password");
  auto staff = run_sync(staff_signing_in("a long password"));
  EXPECT_EQ(refresh_failure(staff.refresh_token, "storefront"), "refresh_refused");
  EXPECT_NO_THROW(refresh(staff.refresh_token, "ops"));
}

TEST_F(Sessions, EndWhenTheyAreRevoked) {
  auto first = sign_in();
  auto second = refresh(first.refresh_token);
  run_sync(auth.revoke(database.call, {first.refresh_token}));
  EXPECT_EQ(refresh_failure(second.refresh_token), "refresh_refused");
  run_sync(auth.revoke(database.call, {first.refresh_token}));
  EXPECT_NO_THROW(run_sync(auth.revoke(database.call, {"unknown"})));
  std::size_t noted = 0;
  for (const auto& note : database.events<SecurityNoted>()) noted += note.kind == "sign_out" ? 1 : 0;
  EXPECT_EQ(noted, 1u) << "whoever repeats it fills no log";
}

// What gateways are told, as "<seq> session|person".
TEST_F(Sessions, ThatEndAreToldToGatewaysInOrderAndOnce) {
  auto told = [&](std::int64_t after) {
    std::vector<std::string> lines;
    for (const auto& one : run_sync(auth.list_revocations(database.call, {after, 1'000})).items) {
      lines.push_back(std::to_string(one.seq) + (one.session ? " session" : " person"));
    }
    return lines;
  };
  EXPECT_TRUE(told(0).empty());
  auto first = sign_in();
  run_sync(auth.revoke(database.call, {first.refresh_token}));
  run_sync(auth.revoke(database.call, {first.refresh_token}));
  auto second = sign_in();
  refresh(second.refresh_token);
  database.clock.advance(seconds(10));
  refresh_failure(second.refresh_token);
  put_staff("a long password");
  run_sync(staff_signing_in("a long password"));
  put_staff("another password");
  EXPECT_EQ(told(0), (std::vector<std::string>{"1 session", "2 session", "3 session", "4 person"}));
  EXPECT_EQ(told(3), (std::vector<std::string>{"4 person"}));
  auto reply = run_sync(auth.list_revocations(database.call, {0, 1}));
  EXPECT_EQ(reply.items.size(), 1u);
  EXPECT_EQ(reply.last, 4);
  auto sid = read(first).claims.root()["sid"].text();
  EXPECT_EQ(*reply.items[0].session, sid);
  // As long as a token may live, by a clock that is some minutes ahead, too; and no longer.
  EXPECT_GE(reply.items[0].ends_at,
            Time{read(first).claims.root()["exp"].integer() * 1'000'000} + minutes(4));
  database.clock.advance(minutes(21));
  run_sync(auth.drop_old(database.call));
  EXPECT_TRUE(told(0).empty());
}

TEST_F(Sessions, OfAPersonEndByNameSoThatNoClockDecides) {
  put_staff("a long password");
  // Opened by a process whose clock is a minute ahead.
  database.clock.advance(minutes(1));
  auto token = read(run_sync(staff_signing_in("a long password")));
  std::string ahead(token.claims.root()["sid"].text());
  database.clock.advance(Duration{} - minutes(1));
  put_staff("another password");
  auto items = run_sync(auth.list_revocations(database.call, {0, 1'000})).items;
  EXPECT_TRUE(std::any_of(items.begin(), items.end(), [&](const auto& one) { return one.session == ahead; }));
}

TEST_F(Sessions, EndWithTheirTime) {
  auto tokens = sign_in();
  database.clock.advance(days(30));
  EXPECT_EQ(refresh_failure(tokens.refresh_token), "refresh_refused");
  EXPECT_EQ(refresh_failure(""), "refresh_refused");
  EXPECT_EQ(refresh_failure("guessed"), "refresh_refused");
  database.clock.advance(seconds(1));
  run_sync(auth.drop_old(database.call));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM refresh"), 0);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM family"), 0);
}

TEST_F(Sessions, AFamilyStaysAsLongAsOneOfItsTokens) {
  auto tokens = sign_in();
  database.clock.advance(days(20));
  tokens = refresh(tokens.refresh_token);
  database.clock.advance(days(11));
  run_sync(auth.drop_old(database.call));
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM refresh"), 1);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM family"), 1);
  EXPECT_EQ(refresh(tokens.refresh_token).refresh_expires_in, 30 * 86'400);
}

TEST_F(Staff, HaveASessionThatEndsWithTheirShiftHoweverOftenItIsRenewed) {
  put_staff("a long password");
  auto tokens = run_sync(staff_signing_in("a long password"));
  EXPECT_EQ(tokens.refresh_expires_in, 12 * 3'600);
  for (int hour = 1; hour < 12; ++hour) {
    database.clock.advance(hours(1));
    tokens = refresh(tokens.refresh_token, "ops");
    EXPECT_EQ(tokens.refresh_expires_in, (12 - hour) * 3'600);
  }
  database.clock.advance(hours(1));
  EXPECT_EQ(refresh_failure(tokens.refresh_token, "ops"), "refresh_refused");
}

TEST_F(Staff, SignInWithTheirPassword) {
  put_staff("a long password", {"warehouse", "support"});
  auto tokens = run_sync(staff_signing_in("a long password"));
  auto token = read(tokens);
  auto claims = token.claims.root();
  EXPECT_EQ(claims["aud"].text(), "ops");
  EXPECT_EQ(claims["sub"].text(), tokens.user.user_id.text());
  EXPECT_EQ(claims["site"].text(), "site_moscow");
  ASSERT_EQ(claims["roles"].size(), 2u);
  EXPECT_EQ((*claims["roles"].begin()).text(), "warehouse");
  EXPECT_EQ(failure_of(staff_signing_in("another password")).code, ErrorCode::unauthenticated);
}

TEST_F(Staff, ANewPasswordEndsTheSessionsOfTheOld) {
  put_staff("a long password");
  auto tokens = run_sync(staff_signing_in("a long password"));
  put_staff("another password", {"admin"});
  EXPECT_EQ(refresh_failure(tokens.refresh_token, "ops"), "refresh_refused");
  EXPECT_EQ(failure_of(staff_signing_in("a long password")).reason, "wrong_password");
  auto again = run_sync(staff_signing_in("another password"));
  EXPECT_EQ(again.user, tokens.user);
  EXPECT_EQ((*read(again).claims.root()["roles"].begin()).text(), "admin");
}

TEST_F(Staff, KeepTheirRolesOverARefresh) {
  put_staff("a long password");
  auto tokens = refresh(run_sync(staff_signing_in("a long password")).refresh_token, "ops");
  auto token = read(tokens);
  EXPECT_EQ((*token.claims.root()["roles"].begin()).text(), "warehouse");
  EXPECT_EQ(token.claims.root()["site"].text(), "site_moscow");
}

TEST_F(Staff, NeedALoginAndALongPassword) {
  EXPECT_EQ(failure_of(auth.put_staff(database.call, {"", "a long password", {}, {}, {}})).code,
            ErrorCode::invalid);
  EXPECT_EQ(failure_of(auth.put_staff(database.call, {"picker", "short", {}, {}, {}})).code,
            ErrorCode::invalid);
  put_staff("a long password");
  EXPECT_TRUE(
      database.value<std::string>("SELECT password_hash FROM staff").starts_with("$argon2id$"));  // I25
}

TEST_F(AccessTokens, SayWhoItIsAndUntilWhen) {
  auto tokens = sign_in();
  auto token = read(tokens);
  auto claims = token.claims.root();
  auto now = database.clock.now().us / 1'000'000;
  EXPECT_EQ(claims["iss"].text(), "bramble");
  EXPECT_EQ(claims["aud"].text(), "storefront");
  EXPECT_EQ(claims["sub"].text(), tokens.user.user_id.text());
  EXPECT_EQ(claims["iat"].integer(), now);
  EXPECT_EQ(claims["exp"].integer(), now + 900);
  EXPECT_TRUE(claims["roles"].is_missing());
  auto next = read(refresh(tokens.refresh_token));
  EXPECT_EQ(next.claims.root()["sid"].text(), claims["sid"].text());
  EXPECT_NE(next.claims.root()["jti"].text(), claims["jti"].text());
}

TEST_F(AccessTokens, EndWithTheirSessionAtTheLatest) {
  put_staff("a long password");
  auto tokens = run_sync(staff_signing_in("a long password"));
  database.clock.advance(hours(12) - minutes(1));
  auto last = refresh(tokens.refresh_token, "ops");
  EXPECT_EQ(last.expires_in, 60);
  auto claims = read(last);
  EXPECT_EQ(claims.claims.root()["exp"].integer(), database.clock.now().us / 1'000'000 + 60);
}

TEST_F(AccessTokens, ThatWereChangedFitNoKey) {  // I25
  auto token = sign_in().access_token;
  auto keys = run_sync(auth.jwks(database.call, {})).keys;
  ASSERT_TRUE(read_token(token, keys));
  auto dot = token.find('.');
  auto other = sign_in("+79990003344").access_token;
  auto forged = token.substr(0, dot) + other.substr(other.find('.'), other.rfind('.') - other.find('.')) +
                token.substr(token.rfind('.'));
  EXPECT_FALSE(read_token(forged, keys));
  SigningKeys stranger("another seed of thirty-two chars.", days(30));
  EXPECT_FALSE(read_token(stranger.sign("{}", database.clock.now()), keys));
}

TEST_F(AccessTokens, KeysRotateByThemselvesAndOldTokensStayReadable) {
  auto before = sign_in();
  auto old_kid = read(before).kid;
  database.clock.advance(days(30));
  auto kid = read(before).kid;
  EXPECT_EQ(kid, old_kid);
  auto after = refresh(sign_in("+79990003344").refresh_token);
  EXPECT_NE(read(after).kid, old_kid);
  // The next key is published before it signs.
  database.clock.advance(days(30));
  auto later = run_sync(auth.jwks(database.call, {})).keys;
  EXPECT_EQ(later.size(), 3u);
  EXPECT_EQ(later.front().kid, read(after).kid);
  EXPECT_FALSE(read_token(before.access_token, later));
}

TEST(SigningKeysOfOneSeed, AreTheSameInEveryProcess) {
  SigningKeys here("seed", days(30));
  SigningKeys there("seed", days(30));
  Time now{1'790'000'000'000'000};
  EXPECT_EQ(here.jwks(now), there.jwks(now));
  EXPECT_TRUE(read_token(here.sign("{\"a\":1}", now), there.jwks(now)));
  EXPECT_TRUE(read_token(here.sign("{\"a\":1}", now), there.jwks(now + days(30))));
  EXPECT_TRUE(read_token(here.sign("{\"a\":1}", now), there.jwks(now - days(30))));
  EXPECT_FALSE(read_token(here.sign("{\"a\":1}", now), there.jwks(now + days(60))));
}

}  // namespace
}  // namespace bramble::auth
