#include "services/auth/auth_stand.h"
#include "services/auth/soft_authenticator_test.h"

#include <liboath/oath.h>

namespace bramble::auth {
namespace {

constexpr const char* password = "a long password";
constexpr const char* origin = "https://ops.example";

class Factors : public AuthStand {
 protected:
  Factors() { own_.caller = put("picker", {"admin"}); }

  Caller put(const std::string& login, std::vector<std::string> roles) {
    auto user = run_sync(auth.put_staff(database.call, {login, password, roles, {}, {}}));
    return {CallerKind::staff, user.user_id.text(), std::move(roles), {}};
  }
  StaffSignIn give_password() {
    return run_sync(
        auth.sign_in_staff(database.call, {"picker", password, {}, true, {"192.0.2.7", true}, origin}));
  }
  SecondStep step() { return give_password().second_step.value(); }
  // What an app shows now, or some steps later.
  std::string code(int later = 0) {
    char* raw = nullptr;
    std::size_t size = 0;
    oath_base32_decode(secret_.data(), secret_.size(), &raw, &size);
    char text[7];
    oath_totp_generate(raw, size, database.clock.now().us / 1'000'000 + 30 * later, 30, 0, 6, text);
    ::free(raw);
    return text;
  }
  RecoveryCodes enrol_totp() {
    secret_ = run_sync(auth.begin_totp(own_, {password, {}, {}})).secret;
    auto codes = run_sync(auth.confirm_totp(own_, {code()}));
    database.clock.advance(seconds(30));
    return codes;
  }
  RecoveryCodes enrol_passkey() {
    auto offer = run_sync(auth.begin_passkey(own_, {password, origin, {}}));
    return run_sync(auth.add_passkey(own_, registration(offer)));
  }
  NewPasskey registration(const PasskeyOffer& offer) {
    return {offer.challenge_id, "my laptop",
            to_base64url(client_data("webauthn.create", offer.challenge, origin)),
            to_base64url(authenticator_.registration_data()), origin};
  }
  PasskeyAnswer answer(const SecondStep& step, std::uint32_t count) {
    auto client = client_data("webauthn.get", step.passkey.value().challenge, origin);
    auto data = authenticator_.assertion_data(count);
    return {to_base64url(authenticator_.credential_id()), to_base64url(client), to_base64url(data),
            to_base64url(authenticator_.sign(data, client))};
  }
  Task<StaffSignIn> proving(const SecondStep& step, std::string code) {
    return auth.prove_second_factor(database.call, {step.challenge_id, std::move(code), {}, origin, {}});
  }
  Task<StaffSignIn> proving(const SecondStep& step, PasskeyAnswer answer) {
    return auth.prove_second_factor(database.call, {step.challenge_id, {}, std::move(answer), origin, {}});
  }
  std::string session_of(const Tokens& tokens) {
    auto token = read(tokens);
    return std::string(token.claims.root()["sid"].text());
  }
  static std::string field(const Error& error) {
    return error.fields.empty() ? error.reason : error.fields.front().field;
  }
  template <class Proof>
  std::string refusal(const SecondStep& step, Proof proof) {
    return failure_of(proving(step, std::move(proof))).reason;
  }

  Call own_;
  std::string secret_;
  SoftAuthenticator authenticator_{KeyKind::es256, "ops.example", "credential one"};
};

using Words = std::vector<std::string>;

TEST_F(Factors, OfAnAppAreAskedForAfterThePassword) {
  EXPECT_TRUE(give_password().tokens) << "without a factor the password is enough";
  enrol_totp();
  auto reply = give_password();
  EXPECT_FALSE(reply.tokens);
  EXPECT_TRUE(reply.device.empty());
  EXPECT_EQ(reply.second_step->methods, (Words{"totp", "recovery_code"}));
  auto proven = run_sync(proving(*reply.second_step, code()));
  EXPECT_EQ(proven.tokens->user.user_id.text(), own_.caller.id);
  EXPECT_FALSE(proven.device.empty());
}

TEST_F(Factors, OfAnAppWorkOnceEach) {
  enrol_totp();
  auto used = code();
  EXPECT_NO_THROW(run_sync(proving(step(), used)));
  EXPECT_EQ(refusal(step(), used), "wrong_second_factor");
  EXPECT_EQ(refusal(step(), code(-1)), "wrong_second_factor") << "the one before it, too";
  EXPECT_NO_THROW(run_sync(proving(step(), code(1))));
}

TEST_F(Factors, AreProvenOnceForEachPasswordThatWasGivenAndSoon) {
  enrol_totp();
  auto first = step();
  run_sync(proving(first, code()));
  database.clock.advance(seconds(30));
  EXPECT_EQ(refusal(first, code()), "challenge_ended");
  auto late = step();
  database.clock.advance(minutes(5));
  EXPECT_EQ(refusal(late, code()), "challenge_ended");
  SecondStep invented;
  invented.challenge_id = ChallengeId("chl_none");
  EXPECT_EQ(refusal(invented, code()), "challenge_ended");
}

TEST_F(Factors, CannotBeGuessedByWhoeverHasThePassword) {
  enrol_totp();
  auto first = step();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal(first, std::string("000000")), "wrong_second_factor");
  EXPECT_EQ(refusal(first, code()), "challenge_ended");
  auto second = step();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal(second, std::string("000000")), "wrong_second_factor");
  EXPECT_EQ(refusal(step(), code()), "too_many_attempts");
  database.clock.advance(seconds(30));
  EXPECT_NO_THROW(run_sync(proving(step(), code())));
}

TEST_F(Factors, AreReplacedByRecoveryCodesThatWorkOnce) {
  auto codes = enrol_totp().codes;
  ASSERT_EQ(codes.size(), 10u);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM recovery_code WHERE code_hash LIKE '%-%'"), 0)
      << "hashes only";
  auto typed = codes[3];
  for (auto& letter : typed) letter = letter == '-' ? ' ' : static_cast<char>(std::toupper(letter));
  EXPECT_NO_THROW(run_sync(proving(step(), typed)));
  EXPECT_EQ(refusal(step(), codes[3]), "wrong_second_factor");
  EXPECT_EQ(run_sync(auth.get_own_account(own_, {origin, {}})).recovery_codes_left, 9);
  auto fresh = run_sync(auth.renew_recovery_codes(own_, {password, {}, {}})).codes;
  EXPECT_EQ(refusal(step(), codes[4]), "wrong_second_factor") << "renewing ends the old ones";
  EXPECT_NO_THROW(run_sync(proving(step(), fresh[4])));
}

TEST_F(Factors, AreReplacedByRecoveryCodesAlsoOnceTheKeyOfTheAppsWasChanged) {
  auto codes = enrol_totp().codes;
  auto changed = staff_settings();
  changed.factor_key = "another key for secrets, as long..";
  QuietMetrics other_metrics;
  StaffDesk other_desk{{*database, sessions, database.clock, database.random, log, other_metrics, changed}};
  StaffFactors other{other_desk};
  auto asked = step();
  SecondFactorGrant grant{asked.challenge_id, codes[0], {}, origin, {}};
  EXPECT_TRUE(run_sync(other.prove(database.call, std::move(grant))).tokens);
}

TEST_F(Factors, OfAPasskeyAreAskedForAfterThePassword) {
  EXPECT_EQ(enrol_passkey().codes.size(), 10u);
  auto asked = step();
  EXPECT_EQ(asked.methods, (Words{"passkey", "recovery_code"}));
  EXPECT_EQ(asked.passkey->rp_id, "ops.example");
  EXPECT_EQ(asked.passkey->credential_ids, Words{to_base64url("credential one")});
  EXPECT_TRUE(run_sync(proving(asked, answer(asked, 1))).tokens);
  EXPECT_EQ(refusal(asked, answer(asked, 2)), "challenge_ended");
}

TEST_F(Factors, OfAPasskeyThatWasCopiedOrAnsweredAnotherQuestionAreRefused) {
  enrol_passkey();
  auto first = step();
  run_sync(proving(first, answer(first, 5)));
  auto second = step();
  EXPECT_EQ(refusal(second, answer(first, 6)), "wrong_second_factor") << "another challenge";
  EXPECT_EQ(refusal(second, answer(second, 5)), "wrong_second_factor") << "the count did not grow";
  EXPECT_EQ(refusal(second, answer(second, 4)), "wrong_second_factor");
  auto foreign = answer(second, 6);
  foreign.credential_id = to_base64url("credential two");
  EXPECT_EQ(refusal(second, foreign), "wrong_second_factor");
  EXPECT_NO_THROW(run_sync(proving(second, answer(second, 6))));
}

TEST_F(Factors, OfSomebodyElseAreRefused) {
  enrol_passkey();
  auto own = step();
  auto stranger = put("other", {"support"});
  std::swap(own_.caller, stranger);
  SoftAuthenticator theirs(KeyKind::eddsa, "ops.example", "credential two");
  std::swap(authenticator_, theirs);
  enrol_passkey();
  EXPECT_EQ(refusal(own, answer(own, 1)), "wrong_second_factor");
  auto offer = run_sync(auth.begin_passkey(own_, {password, origin, {}}));
  std::swap(own_.caller, stranger);
  EXPECT_EQ(failure_of(auth.add_passkey(own_, registration(offer))).reason, "passkey_refused")
      << "an offer that was made to another";
}

TEST_F(Factors, AreBegunOnlyWithThePasswordAlsoTheFirstOne) {
  auto session = session_of(give_password().tokens.value());
  EXPECT_TRUE(run_sync(auth.get_own_account(own_, {origin, session})).password_required);
  EXPECT_EQ(field(failure_of(auth.begin_totp(own_, {{}, {}, session}))), "password");
  EXPECT_EQ(field(failure_of(auth.begin_passkey(own_, {{}, origin, session}))), "password");
  EXPECT_EQ(failure_of(auth.confirm_totp(own_, {"000000"})).reason, "totp_not_begun");
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(field(failure_of(auth.begin_totp(own_, {"wrong", {}, session}))), "password");
  EXPECT_EQ(failure_of(auth.begin_totp(own_, {password, {}, session})).reason, "too_many_attempts");
  database.clock.advance(seconds(5));
  EXPECT_NO_THROW(enrol_totp());
}

TEST_F(Factors, AreChangedOnlyWithThePassword) {
  enrol_totp();
  EXPECT_EQ(field(failure_of(auth.begin_passkey(own_, {{}, origin, {}}))), "password");
  EXPECT_EQ(field(failure_of(auth.begin_passkey(own_, {"wrong", origin, {}}))), "password");
  EXPECT_EQ(field(failure_of(auth.drop_factor(own_, {"wrong", {}}))), "password");
  EXPECT_EQ(field(failure_of(auth.renew_recovery_codes(own_, {"wrong", {}}))), "password");
  EXPECT_TRUE(enrol_passkey().codes.empty()) << "it has recovery codes already";
  EXPECT_EQ(step().methods, (Words{"totp", "passkey", "recovery_code"}));
  run_sync(auth.drop_factor(own_, {password, {}}));
  EXPECT_EQ(step().methods, (Words{"passkey", "recovery_code"}));
  run_sync(auth.drop_factor(own_, {password, to_base64url("credential one")}));
  EXPECT_TRUE(give_password().tokens);
  EXPECT_EQ(run_sync(auth.get_own_account(own_, {origin, {}})).recovery_codes_left, 0);
}

TEST_F(Factors, ThatWereBegunAndNeverProvenAreNone) {
  run_sync(auth.begin_totp(own_, {password, {}, {}}));
  EXPECT_TRUE(give_password().tokens);
  EXPECT_EQ(failure_of(auth.confirm_totp(own_, {"000000"})).fields.front().field, "code");
  EXPECT_FALSE(run_sync(auth.get_own_account(own_, {origin, {}})).totp);
  EXPECT_EQ(failure_of(auth.begin_passkey(own_, {{}, "http://127.0.0.1:8082", {}})).reason,
            "passkeys_unavailable");
}

TEST_F(Factors, AreTakenAwayByAnotherAdminAndTheSessionsEnd) {
  enrol_totp();
  auto tokens = run_sync(proving(step(), code())).tokens.value();
  auto asked = step();
  auto boss = Call{};
  boss.caller = put("boss", {"admin"});
  auto user = UserId(own_.caller.id);
  EXPECT_EQ(failure_of(auth.reset_staff_factors(own_, {user})).reason, "own_account");
  EXPECT_FALSE(run_sync(auth.reset_staff_factors(boss, {user})).second_factor);
  EXPECT_EQ(refresh_failure(tokens.refresh_token, "ops"), "refresh_refused");
  EXPECT_EQ(refusal(asked, code()), "challenge_ended");
  EXPECT_TRUE(give_password().tokens);
}

class PasskeyAlone : public Factors {
 protected:
  PasskeyAlone() { enrol_passkey(); }
  std::string ask() { return run_sync(auth.ask_for_passkey(database.call, {origin})).challenge; }
  PasskeyEntryGrant grant(const std::string& challenge, std::uint32_t count) {
    auto client = client_data("webauthn.get", challenge, origin);
    auto data = authenticator_.assertion_data(count);
    return {challenge,
            {to_base64url(authenticator_.credential_id()), to_base64url(client), to_base64url(data),
             to_base64url(authenticator_.sign(data, client))},
            {"192.0.2.7", true},
            origin};
  }
  std::string refusal_of(PasskeyEntryGrant grant) {
    return failure_of(auth.sign_in_by_passkey(database.call, std::move(grant))).reason;
  }
};

TEST_F(PasskeyAlone, SignsIn) {
  auto question = run_sync(auth.ask_for_passkey(database.call, {origin}));
  EXPECT_EQ(question.rp_id, "ops.example");
  EXPECT_TRUE(question.credential_ids.empty()) << "who asks is not known";
  auto tokens = run_sync(auth.sign_in_by_passkey(database.call, grant(question.challenge, 1))).tokens;
  EXPECT_EQ(tokens.value().user.user_id.text(), own_.caller.id);
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM attempt WHERE failures > 0"), 0);
}

TEST_F(PasskeyAlone, AnswersAQuestionOfOursOnceAndSoon) {
  auto challenge = ask();
  // It says zero each time, as those do that are kept in an account of their maker's.
  run_sync(auth.sign_in_by_passkey(database.call, grant(challenge, 0)));
  EXPECT_EQ(refusal_of(grant(challenge, 0)), "challenge_ended");
  run_sync(auth.change_password(own_, {password, "another long password", {}}));
  EXPECT_EQ(refusal_of(grant(challenge, 0)), "challenge_ended");
  auto late = ask();
  database.clock.advance(minutes(5));
  EXPECT_EQ(refusal_of(grant(late, 0)), "challenge_ended");
  EXPECT_EQ(refusal_of(grant(to_base64url("9999999999999999.made up.abcdef"), 0)), "challenge_ended");
  EXPECT_EQ(refusal_of(grant("", 0)), "challenge_ended");
  EXPECT_EQ(database.value("SELECT COUNT(*) FROM proof WHERE purpose = 'entered'"), 1)
      << "nothing is kept for strangers";
}

TEST_F(PasskeyAlone, HasMadeSureOfItsOwnerAndIsOfAnAccountThatMaySignIn) {
  authenticator_.flags = 0x01;
  EXPECT_EQ(refusal_of(grant(ask(), 1)), "wrong_passkey") << "only touched";
  authenticator_.flags = 0x05;
  auto foreign = grant(ask(), 2);
  foreign.passkey.credential_id = to_base64url("credential two");
  EXPECT_EQ(refusal_of(foreign), "wrong_passkey");
  auto elsewhere = grant(ask(), 2);
  elsewhere.pages = "https://other.example";
  EXPECT_EQ(refusal_of(elsewhere), "wrong_passkey");
  run_sync(auth.sign_in_by_passkey(database.call, grant(ask(), 5)));
  EXPECT_EQ(refusal_of(grant(ask(), 5)), "wrong_passkey") << "a copy";
  Call boss;
  boss.caller = put("boss", {"admin"});
  run_sync(auth.disable_staff(boss, {UserId(own_.caller.id)}));
  EXPECT_EQ(refusal_of(grant(ask(), 6)), "wrong_passkey");
  EXPECT_EQ(failure_of(auth.ask_for_passkey(database.call, {"http://192.0.2.1"})).reason,
            "passkeys_unavailable");
}

// An instance without a sandbox.
class RealFactors : public Factors {
 protected:
  StaffSettings real() {
    auto settings = staff_settings();
    settings.sandboxed = false;
    return settings;
  }
  Words roles_in(const Tokens& tokens) {
    Words roles;
    auto token = read(tokens);
    for (auto role : token.claims.root()["roles"]) roles.emplace_back(role.text());
    return roles;
  }
  StaffDesk desk_{{*database, sessions, database.clock, database.random, log, metrics, real()}};
  StaffOffice office_{desk_};
  StaffFactors factors_{desk_};
  AuthService real_{*database,
                    notifications,
                    sessions,
                    desk_,
                    office_,
                    factors_,
                    CodeLimits(CodeLimitSettings{}, metrics, log),
                    database.clock,
                    database.random,
                    settings()};
};

TEST_F(RealFactors, AreSetUpByAnAdminBeforeAnythingElse) {
  auto grant = PasswordGrant{"picker", password, {}, false, {"192.0.2.7", true}, origin};
  auto tokens = run_sync(real_.sign_in_staff(database.call, grant)).tokens.value();
  EXPECT_EQ(roles_in(tokens), Words{"must_enrol_factor"});
  auto session = session_of(tokens);
  EXPECT_FALSE(run_sync(real_.get_own_account(own_, {origin, session})).password_required);
  secret_ = run_sync(real_.begin_totp(own_, {{}, {}, session})).secret;
  run_sync(real_.confirm_totp(own_, {code()}));
  EXPECT_EQ(field(failure_of(real_.begin_passkey(own_, {{}, origin, session}))), "password")
      << "that was the first one";
  auto whole = run_sync(real_.refresh(database.call, {tokens.refresh_token, "ops"}));
  EXPECT_EQ(roles_in(whole), Words{"admin"});
  EXPECT_EQ(failure_of(real_.drop_factor(own_, {password, {}})).reason, "last_factor");
  EXPECT_TRUE(run_sync(real_.get_own_account(own_, {origin, {}})).totp) << "nothing was taken away";
  put("clerk", {"support"});
  grant.login = "clerk";
  EXPECT_EQ(roles_in(run_sync(real_.sign_in_staff(database.call, grant)).tokens.value()), Words{"support"});
}

TEST_F(RealFactors, AreBegunWithoutThePasswordOnlySoonAfterItWasGivenAndInThatSession) {
  auto grant = PasswordGrant{"picker", password, {}, false, {"192.0.2.7", true}, origin};
  auto sign_in = [&] {
    return session_of(run_sync(real_.sign_in_staff(database.call, grant)).tokens.value());
  };
  auto first = sign_in();
  database.clock.advance(minutes(9));
  EXPECT_NO_THROW(run_sync(real_.begin_totp(own_, {{}, {}, first})));
  database.clock.advance(minutes(1));
  EXPECT_EQ(field(failure_of(real_.begin_totp(own_, {{}, {}, first}))), "password");
  EXPECT_TRUE(run_sync(real_.get_own_account(own_, {origin, first})).password_required);
  put("other", {"admin"});
  grant.login = "other";
  EXPECT_EQ(field(failure_of(real_.begin_totp(own_, {{}, {}, sign_in()}))), "password")
      << "another's session";
  EXPECT_EQ(field(failure_of(real_.begin_totp(own_, {{}, {}, {}}))), "password");
  EXPECT_NO_THROW(run_sync(real_.begin_totp(own_, {password, {}, first})));
}

}  // namespace
}  // namespace bramble::auth
