#include "services/auth/auth_stand.h"

namespace bramble::auth {
namespace {

class Accounts : public AuthStand {
 protected:
  static constexpr const char* chosen = "chosen by its owner";

  Accounts() { database.call = system_call("test", Time{INT64_MAX}); }

  HandedPassword add(const std::string& login, std::vector<std::string> roles) {
    return run_sync(auth.add_staff(database.call, {login, std::move(roles), SiteId("site_moscow")}));
  }
  Tokens enter(const std::string& login, const std::string& password) {
    return run_sync(staff_signing_in(password, login));
  }
  std::string entering_fails(const std::string& login, const std::string& password) {
    return failure_of(staff_signing_in(password, login)).reason;
  }
  Call call_of(const Tokens& tokens, std::vector<std::string> roles) {
    Call call;
    call.caller = {CallerKind::staff, tokens.user.user_id.text(), std::move(roles), {}};
    return call;
  }
  void change(const Tokens& tokens, const std::string& from, const std::string& to) {
    auto sid = std::string(read(tokens).claims.root()["sid"].text());
    run_sync(auth.change_password(call_of(tokens, {}), {from, to, sid}));
  }
  // An account whose owner has chosen a password.
  Tokens settled(const std::string& login, std::vector<std::string> roles) {
    auto handed = add(login, std::move(roles));
    auto first = enter(login, handed.password);
    change(first, handed.password, chosen);
    return refresh(first.refresh_token, "ops");
  }
  std::vector<std::string> roles_in(const Tokens& tokens) {
    std::vector<std::string> roles;
    auto token = read(tokens);
    for (auto role : token.claims.root()["roles"]) roles.emplace_back(role.text());
    return roles;
  }
};

using Words = std::vector<std::string>;

TEST_F(Accounts, BeginWithAPasswordThatItsOwnerChangesFirstOfAll) {
  auto handed = add("anna", {"support"});
  EXPECT_GE(handed.password.size(), 16u);
  auto tokens = enter("anna", handed.password);
  EXPECT_EQ(roles_in(tokens), Words{"must_change_password"});
  EXPECT_EQ(roles_in(refresh(tokens.refresh_token, "ops")), Words{"must_change_password"});
  tokens = enter("anna", handed.password);
  auto elsewhere = enter("anna", handed.password);
  change(tokens, handed.password, chosen);
  EXPECT_EQ(roles_in(refresh(tokens.refresh_token, "ops")), Words{"support"});
  EXPECT_EQ(refresh_failure(elsewhere.refresh_token, "ops"), "refresh_refused") << "the other sessions end";
  EXPECT_EQ(entering_fails("anna", handed.password), "wrong_password");
  EXPECT_EQ(roles_in(enter("anna", chosen)), Words{"support"});
}

TEST_F(Accounts, DoNotOpenWithAHandedPasswordThatIsTooOld) {
  auto handed = add("anna", {"support"});
  database.clock.advance(days(3));
  EXPECT_EQ(entering_fails("anna", handed.password), "wrong_password");
  auto id = handed.user_id;
  auto again = run_sync(auth.reset_staff_password(database.call, {id}));
  EXPECT_NO_THROW(enter("anna", again.password));
}

TEST_F(Accounts, ChangeTheirPasswordOnlyWithThePresentOneAndToAGoodOne) {
  auto tokens = settled("anna", {"support"});
  auto fails = [&](const std::string& from, const std::string& to) {
    auto failure = failure_of(auth.change_password(call_of(tokens, {"support"}), {from, to, {}}));
    return failure.fields.empty() ? failure.reason
                                  : failure.fields.front().field + " " + failure.fields.front().code;
  };
  EXPECT_EQ(fails("not the present", "another good password"), "current_password wrong");
  EXPECT_EQ(fails(chosen, "short"), "new_password too_short");
  EXPECT_EQ(fails(chosen, "passwordpassword"), "new_password too_common");
  EXPECT_EQ(fails(chosen, chosen), "new_password not_allowed");
  for (int i = 0; i < 5; ++i) fails("not the present", "another good password");
  EXPECT_EQ(fails(chosen, "another good password"), "login wait_s") << "guessed from an open session";
}

TEST_F(Accounts, ThatAreShutAreAnsweredAsUnknownOnesAndTheirSessionsEnd) {
  auto tokens = settled("anna", {"support"});
  auto id = tokens.user.user_id;
  EXPECT_TRUE(run_sync(auth.disable_staff(database.call, {id})).disabled);
  EXPECT_EQ(entering_fails("anna", chosen), "wrong_password");
  EXPECT_EQ(refresh_failure(tokens.refresh_token, "ops"), "refresh_refused");
  EXPECT_EQ(run_sync(auth.list_revocations(database.call, {0, 100})).items.back().user_id, id);
  EXPECT_FALSE(run_sync(auth.enable_staff(database.call, {id})).disabled);
  EXPECT_NO_THROW(enter("anna", chosen));
}

TEST_F(Accounts, WithOtherRolesSignInAnew) {
  auto tokens = settled("anna", {"support"});
  auto id = tokens.user.user_id;
  run_sync(auth.set_staff_roles(database.call, {id, {"warehouse"}, SiteId("site_kazan")}));
  EXPECT_EQ(refresh_failure(tokens.refresh_token, "ops"), "refresh_refused");
  EXPECT_EQ(run_sync(auth.list_revocations(database.call, {0, 100})).items.back().user_id, id);
  auto again = enter("anna", chosen);
  EXPECT_EQ(roles_in(again), Words{"warehouse"});
  EXPECT_EQ(read(again).claims.root()["site"].text(), "site_kazan");
}

TEST_F(Accounts, AreKeptByAdminsAlone) {
  auto tokens = settled("anna", {"support"});
  auto id = tokens.user.user_id;
  for (auto call : {call_of(tokens, {"support"}), call_of(tokens, {"warehouse"}),
                    call_of(tokens, {"must_change_password"}), Call{}}) {
    EXPECT_EQ(failure_of(auth.list_staff(call, {})).reason, "not_admin");
    EXPECT_EQ(failure_of(auth.add_staff(call, {"eve", {"admin"}, {}})).reason, "not_admin");
    EXPECT_EQ(failure_of(auth.set_staff_roles(call, {id, {"admin"}, {}})).reason, "not_admin");
    EXPECT_EQ(failure_of(auth.disable_staff(call, {id})).reason, "not_admin");
    EXPECT_EQ(failure_of(auth.enable_staff(call, {id})).reason, "not_admin");
    EXPECT_EQ(failure_of(auth.reset_staff_password(call, {id})).reason, "not_admin");
    EXPECT_EQ(failure_of(auth.first_admin(call, {})).reason, "not_admin");
  }
  auto buyer = call_of(tokens, {"admin"});
  buyer.caller.kind = CallerKind::buyer;
  EXPECT_EQ(failure_of(auth.list_staff(buyer, {})).reason, "not_admin");
}

TEST_F(Accounts, OfAdminsAreNeverShutByThemselvesNorAllOfThem) {
  auto boss = settled("boss", {"admin"});
  auto deputy = settled("deputy", {"admin"});
  auto by_boss = call_of(boss, {"admin"});
  auto own = boss.user.user_id, other = deputy.user.user_id;
  EXPECT_EQ(failure_of(auth.disable_staff(by_boss, {own})).reason, "own_account");
  EXPECT_EQ(failure_of(auth.set_staff_roles(by_boss, {own, {"support"}, {}})).reason, "own_account");
  EXPECT_EQ(failure_of(auth.reset_staff_password(by_boss, {own})).reason, "own_account");
  EXPECT_NO_THROW(run_sync(auth.disable_staff(by_boss, {other})));
  EXPECT_EQ(failure_of(auth.disable_staff(database.call, {own})).reason, "last_admin");
  EXPECT_EQ(failure_of(auth.set_staff_roles(database.call, {own, {"support"}, {}})).reason, "last_admin");
  EXPECT_NO_THROW(run_sync(auth.set_staff_roles(database.call, {own, {"admin", "support"}, {}})));
}

TEST_F(Accounts, HaveRolesThatExistAndALoginOfTheirOwn) {
  auto fails = [&](const std::string& login, Words roles, std::optional<SiteId> site) {
    auto failure = failure_of(auth.add_staff(database.call, {login, std::move(roles), site}));
    return failure.fields.empty() ? failure.reason : failure.fields.front().field;
  };
  EXPECT_EQ(fails("anna", {}, {}), "roles");
  EXPECT_EQ(fails("anna", {"king"}, {}), "roles");
  EXPECT_EQ(fails("anna", {"support", "support"}, {}), "roles");
  EXPECT_EQ(fails("anna", {"must_change_password"}, {}), "roles");
  EXPECT_EQ(fails("anna", {"warehouse"}, {}), "site_id");
  add("anna", {"support"});
  EXPECT_EQ(fails("anna", {"support"}, {}), "login_taken");
  EXPECT_EQ(failure_of(auth.disable_staff(database.call, {UserId("usr_none")})).reason, "staff_not_found");
}

TEST_F(Accounts, HaveALoginThatIsOneInAnyCase) {
  auto tokens = settled("Anna", {"support"});
  EXPECT_EQ(run_sync(auth.list_staff(database.call, {})).items.at(0).login, "anna");
  EXPECT_EQ(enter("ANNA", chosen).user.user_id, tokens.user.user_id);
  EXPECT_EQ(enter("anna", chosen).user.user_id, tokens.user.user_id);
  EXPECT_EQ(failure_of(auth.add_staff(database.call, {"aNNa", {"support"}, {}})).reason, "login_taken");
  PutStaffRequest demo{"ANNA", "a demo's password", {"support"}, {}, true};
  EXPECT_EQ(failure_of(auth.put_staff(database.call, demo)).reason, "login_taken");
  EXPECT_EQ(failure_of(auth.add_staff(database.call, {"Анна", {"support"}, {}})).fields.at(0).field, "login");
  Words failures;
  for (auto typed : {"anna", "Anna", "aNna", "anNa", "annA", "ANNA"})
    failures.push_back(entering_fails(typed, "a guess"));
  EXPECT_EQ(failures.back(), "too_many_attempts") << "another case is no other login";
}

// Accounts of a time when logins that differ by case alone were two.
class OldAccounts : public Accounts {
 protected:
  void add_old(const std::string& id, const std::string& login) {
    auto hash = database.value<std::string>("SELECT password_hash FROM staff WHERE login = 'anna'");
    database.transact([&](Tx& tx) {
      tx.send("INSERT INTO staff (user_id, login, password_hash, roles) VALUES ($1, $2, $3, 'support')", id,
              login, hash);
    });
  }
  void migrate() {
    for (const auto& step : auth_migrations()) {
      bool here = !step.only || *step.only == (*database).dialect();
      if (here && step.name.ends_with("_one_login")) database.run(step.sql);
    }
  }
};

TEST_F(OldAccounts, KeepTheirLoginsWhereTheyDifferByCaseAlone) {
  auto anna = settled("anna", {"support"}).user.user_id;
  add_old("usr_annas_twin", "Anna");
  add_old("usr_boris", "Boris");
  migrate();
  EXPECT_EQ(enter("anna", chosen).user.user_id, anna);
  EXPECT_EQ(enter("Anna", chosen).user.user_id.text(), "usr_annas_twin");
  EXPECT_EQ(enter("ANNA", chosen).user.user_id, anna);
  EXPECT_EQ(database.value<std::string>("SELECT login FROM staff WHERE user_id = 'usr_boris'"), "boris");
  EXPECT_EQ(enter("Boris", chosen).user.user_id.text(), "usr_boris");
}

TEST_F(OldAccounts, AreOneAccountOnceTheOthersAreDisabled) {
  settled("anna", {"support"});
  add_old("usr_one", "Boris");
  add_old("usr_two", "BORIS");
  migrate();
  EXPECT_EQ(failure_of(auth.add_staff(database.call, {"boris", {"support"}, {}})).reason, "login_taken");
  run_sync(auth.disable_staff(database.call, {UserId("usr_two")}));
  EXPECT_EQ(failure_of(auth.enable_staff(database.call, {UserId("usr_two")})).reason, "login_taken");
  EXPECT_NO_THROW(run_sync(auth.enable_staff(database.call, {UserId("usr_one")})));
}

TEST_F(Accounts, BeginWithAnAdminWhereThereAreNone) {
  auto made = run_sync(auth.first_admin(database.call, {})).made;
  ASSERT_TRUE(made);
  EXPECT_EQ(made->login, "admin");
  EXPECT_FALSE(run_sync(auth.first_admin(database.call, {})).made) << "only once";
  EXPECT_EQ(roles_in(enter("admin", made->password)), Words{"must_change_password"});
  EXPECT_EQ(failure_of(auth.first_admin(Call{}, {})).reason, "not_admin");
}

TEST_F(Accounts, AreNeverTakenOverByADemo) {
  auto owner = settled("admin", {"admin"});
  auto refused =
      failure_of(auth.put_staff(database.call, {"admin", "a demo's password", {"admin"}, {}, true}));
  EXPECT_EQ(refused.reason, "login_taken");
  EXPECT_EQ(entering_fails("admin", "a demo's password"), "wrong_password");
  EXPECT_NO_THROW(enter("admin", chosen));
  run_sync(auth.put_staff(database.call, {"support", "a demo's password", {"support"}, {}, true}));
  EXPECT_NO_THROW(
      run_sync(auth.put_staff(database.call, {"support", "another demo's password", {"support"}, {}, true})));
}

TEST_F(Accounts, OfADemoAreNobodyWhereNoSandboxRuns) {
  run_sync(auth.put_staff(database.call, {"admin", "a demo's password", {"admin"}, {}, true}));
  EXPECT_NO_THROW(enter("admin", "a demo's password"));
  auto tokens = enter("admin", "a demo's password");
  auto real = staff_settings();
  real.sandboxed = false;
  StaffDesk real_desk{{*database, sessions, database.clock, database.random, log, metrics, real}};
  StaffOffice real_office{real_desk};
  StaffFactors real_factors{real_desk};
  AuthService without{*database,
                      notifications,
                      sessions,
                      real_desk,
                      real_office,
                      real_factors,
                      CodeLimits(CodeLimitSettings{}, metrics, log),
                      database.clock,
                      database.random,
                      settings()};
  auto grant = PasswordGrant{"admin", "a demo's password", {}, false, {"192.0.2.7", true}, {}};
  EXPECT_EQ(failure_of(without.sign_in_staff(database.call, grant)).reason, "wrong_password");
  EXPECT_EQ(failure_of(without.refresh(database.call, {tokens.refresh_token, "ops"})).reason,
            "refresh_refused");
  // The instance gets an admin of its own, under the login that the demo had.
  auto made = run_sync(without.first_admin(database.call, {"given by its owner"})).made;
  ASSERT_TRUE(made);
  grant.password = "given by its owner";
  EXPECT_EQ(roles_in(*run_sync(without.sign_in_staff(database.call, grant)).tokens),
            Words{"must_change_password"});
}

}  // namespace
}  // namespace bramble::auth
