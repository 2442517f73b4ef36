// Accounts of staff from outside: made by an admin, opened by their owners, shut again; and the command
// line's.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/access/cast.h"

namespace bramble::access {
namespace {

using harness::bearer;
using harness::Reply;

constexpr const char* chosen = "a password of my own";

class StaffAccounts : public testing::Test {
 protected:
  Reply as_admin(const std::string& method, const std::string& path, const std::string& body = "{}") {
    return ops.ask(method, path, cast().header(Who::admin), body);
  }
  // The password to hand over.
  Reply add(const std::string& login, const std::string& roles = R"(["support"])") {
    auto made = as_admin("POST", "/api/v1/staff",
                         "{\"login\":" + harness::json_string(login) + ",\"roles\":" + roles + "}");
    EXPECT_EQ(made.status, 201) << made.body;
    return made;
  }
  Reply enter(const std::string& login, const std::string& password) {
    return ops.ask("POST", "/api/v1/auth/tokens", {},
                   R"({"grant_type":"password","login":)" + harness::json_string(login) +
                       ",\"password\":" + harness::json_string(password) + "}");
  }
  Reply refresh(const std::string& token) {
    return ops.ask("POST", "/api/v1/auth/tokens", {},
                   R"({"grant_type":"refresh_token","refresh_token":)" + harness::json_string(token) + "}");
  }
  Reply change(const std::string& token, const std::string& from, const std::string& to) {
    return ops.ask("POST", "/api/v1/auth/password", bearer(token),
                   "{\"current_password\":" + harness::json_string(from) +
                       ",\"new_password\":" + harness::json_string(to) + "}");
  }
  // Signed in with a password of its owner's.
  Reply settled(const std::string& login) {
    auto made = add(login);
    auto first = enter(login, made.text("password"));
    EXPECT_EQ(change(first.text("access_token"), made.text("password"), chosen).status, 204);
    return refresh(first.text("refresh_token"));
  }
  std::string id_of(const Reply& tokens) {
    return std::string(tokens.json().root()["user"]["user_id"].text());
  }

  harness::Wire ops{cast().origin("ops")};
};

TEST_F(StaffAccounts, AreGoodForNothingButANewPasswordAtFirst) {
  auto made = add("newcomer");
  auto first = enter("newcomer", made.text("password"));
  ASSERT_EQ(first.status, 200) << first.body;
  auto token = first.text("access_token");
  for (const char* path : {"/api/v1/orders", "/api/v1/warehouse/sites", "/health", "/api/v1/staff"}) {
    auto refused = ops.ask("GET", path, bearer(token));
    EXPECT_EQ(refused.status, 403) << path;
    EXPECT_EQ(refused.text("code"), "password_change_required") << path;
  }
  EXPECT_EQ(ops.ask("GET", "/api/v1/account", bearer(token)).status, 200);
  EXPECT_EQ(change(token, made.text("password"), "too short").status, 400);
  EXPECT_EQ(change(token, made.text("password"), chosen).status, 204);
  auto whole = refresh(first.text("refresh_token"));
  EXPECT_EQ(ops.ask("GET", "/api/v1/orders", bearer(whole.text("access_token"))).status, 200);
  EXPECT_EQ(enter("newcomer", made.text("password")).status, 401);
}

TEST_F(StaffAccounts, ThatAreShutAreOutWithinSeconds) {
  auto tokens = settled("leaver");
  auto token = tokens.text("access_token");
  EXPECT_EQ(ops.ask("GET", "/api/v1/orders", bearer(token)).status, 200);
  EXPECT_EQ(as_admin("POST", "/api/v1/staff/" + id_of(tokens) + "/disable").status, 200);
  EXPECT_EQ(refresh(tokens.text("refresh_token")).status, 401);
  EXPECT_EQ(enter("leaver", chosen).text("code"), "wrong_password");
  int status = 200;
  for (int looks = 0; looks < 1'000 && status == 200; ++looks) {
    status = ops.ask("GET", "/api/v1/orders", bearer(token)).status;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(status, 401) << "the access token goes on";
}

TEST_F(StaffAccounts, AreRefusedWithWordsThatAPageUnderstands) {
  auto tokens = settled("somebody");
  auto code = [&](const std::string& body) { return as_admin("POST", "/api/v1/staff", body).text("code"); };
  EXPECT_EQ(code(R"({"login":"somebody","roles":["support"]})"), "login_taken");
  EXPECT_EQ(code(R"({"login":"two words","roles":["support"]})"), "invalid_input");
  EXPECT_EQ(code(R"({"login":"worker","roles":["warehouse"],"site_id":"site_none"})"), "invalid_input");
  EXPECT_EQ(code(R"({"login":"worker","roles":["warehouse"]})"), "invalid_input");
  auto me = cast().session(Who::admin).user_id;
  EXPECT_EQ(as_admin("POST", "/api/v1/staff/" + me + "/disable").text("code"), "own_account");
  EXPECT_EQ(as_admin("POST", "/api/v1/staff/usr_none/disable").status, 404);
}

TEST_F(StaffAccounts, UnknownAndKnownAreToldTheSameFromOneAddress) {
  settled("target");
  for (int i = 0; i < 7; ++i) {
    auto known = enter("target", "wrong"), unknown = enter("no_such_login", "wrong");
    EXPECT_EQ(known.status, unknown.status) << i;
    EXPECT_EQ(known.text("code"), unknown.text("code")) << i;
    EXPECT_EQ(known.text("detail"), unknown.text("detail")) << i;
    EXPECT_EQ(known.status == 429, !known.header("retry-after").empty()) << i;
  }
  EXPECT_EQ(enter("target", "wrong").status, 429);
}

TEST(StaffCommand, KeepsTheAccountsOfAStoppedInstance) {
  ScratchFolder folder;
  auto data = folder.path() + "/data";
  auto run = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "staff");
    words.insert(words.end(), {"--data", data});
    return harness::run_bramble(words);
  };
  auto added = run({"add", "anna", "--role", "support", "--role", "admin"});
  EXPECT_EQ(added.code, 0) << added.output;
  EXPECT_NE(added.output.find("login=anna  password="), std::string::npos) << added.output;
  auto listed = run({"list"});
  EXPECT_NE(listed.output.find("login=anna  roles=support,admin  has yet to choose a password"),
            std::string::npos)
      << listed.output;
  for (const auto& [words, said] :
       {std::pair<std::vector<std::string>, std::string>{{"add", "anna", "--role", "support"},
                                                         "there is an account"},
        {{"add", "bob", "--role", "king"}, "roles: each one of admin, support, warehouse, supervisor"},
        {{"add", "bob", "--role", "warehouse"}, "site_id: the site where the worker belongs"},
        {{"disable", "anna"}, "nobody else is an admin"},
        {{"enable", "nobody"}, "there is no account nobody"}}) {
    auto refused = run(words);
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.errors.find(said), std::string::npos) << refused.errors;
    EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1) << refused.errors;
  }
  EXPECT_EQ(run({"add", "boss", "--role", "admin"}).code, 0);
  EXPECT_NE(run({"roles", "anna", "--role", "support"}).output.find("roles=support"), std::string::npos);
  EXPECT_NE(run({"disable", "anna"}).output.find("disabled"), std::string::npos);
  EXPECT_EQ(run({"enable", "anna"}).output.find("disabled"), std::string::npos);
  EXPECT_NE(run({"reset-password", "anna"}).output.find("password="), std::string::npos);
  EXPECT_EQ(run({"reset-factor", "anna"}).code, 0);
}

TEST(StaffCommand, SaysWhoHasTheInstanceWhenItRuns) {
  auto listed = harness::run_bramble({"staff", "list", "--data", cast().data()});
  EXPECT_EQ(listed.code, 1);
  EXPECT_NE(listed.errors.find("is in use by another bramble"), std::string::npos) << listed.errors;
  EXPECT_NE(listed.errors.find("the page Staff of its console"), std::string::npos) << listed.errors;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(FirstAdmin, IsMadeOnceAndItsPasswordIsNeitherPrintedIntoAPipeNorLogged) {
  ScratchFolder folder;
  harness::InstanceOptions options;
  options.data = folder.path() + "/data";
  auto kept = options.data + "/first-admin.txt";
  {
    harness::Instance instance(options);
    auto logins = load::read_demo_logins(text_of(kept));
    ASSERT_EQ(logins.size(), 1u);
    EXPECT_EQ(std::filesystem::status(kept).permissions() & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(text_of(options.data + ".log").find(logins.front().password), std::string::npos);
    auto token = harness::sign_in_staff(instance, logins.front()).access_token;
    harness::Wire ops(instance.ops());
    EXPECT_EQ(ops.ask("GET", "/api/v1/staff", bearer(token)).text("code"), "password_change_required");
    EXPECT_EQ(instance.stop(), 0);
  }
  std::filesystem::remove(kept);
  harness::Instance again(options);
  EXPECT_FALSE(std::filesystem::exists(kept)) << "made once";
}

TEST(FirstAdmin, TakesThePasswordThatWasGivenForIt) {
  ScratchFolder folder;
  harness::InstanceOptions options;
  options.data = folder.path() + "/data";
  std::ofstream(folder.path() + "/secret") << "four quiet otters\n";
  options.arguments = {"--set", "auth.first_admin_password_file=" + folder.path() + "/secret"};
  harness::Instance instance(options);
  EXPECT_FALSE(
      harness::sign_in_staff(instance, {"admin", {}, "admin", "four quiet otters"}).access_token.empty());
}

}  // namespace
}  // namespace bramble::access
