#include "app/staff_command.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/instance.h"
#include "app/modules.h"
#include "base/command_line/command.h"
#include "base/error.h"
#include "base/time.h"
#include "services/auth/auth.api.h"
#include "services/auth/staff_rules.h"

namespace bramble {
namespace {

constexpr Duration patience = minutes(1);

struct StaffCommand : InstanceOptions {
  std::string login;
  std::vector<std::string> roles_given;
  std::string site;
};

// Auth with what it calls, without servers, events or jobs.
class StaffSession {
 public:
  explicit StaffSession(const StaffCommand& command)
      : command_(command), instance_(only_auth(command)), process_(make_process()) {
    process_.start();
  }

  void add() { tell(process_.run(api().add_staff(call(), {command_.login, command_.roles_given, site()}))); }
  void reset_password() { tell(process_.run(api().reset_staff_password(call(), {find().user_id}))); }
  void roles() {
    tell(process_.run(api().set_staff_roles(call(), {find().user_id, command_.roles_given, site()})));
  }
  void disable() { tell(process_.run(api().disable_staff(call(), {find().user_id}))); }
  void enable() { tell(process_.run(api().enable_staff(call(), {find().user_id}))); }
  void reset_factors() { tell(process_.run(api().reset_staff_factors(call(), {find().user_id}))); }
  void list() {
    for (const auto& account : all()) tell(account);
  }

 private:
  static StaffCommand only_auth(StaffCommand command) {
    command.roles = "auth,notifications";
    return command;
  }
  Process make_process() {
    instance_.options.servers = instance_.options.background = false;
    return Process(all_modules(), instance_.platform, instance_.settings, *instance_.logger,
                   *instance_.metrics, instance_.options);
  }

  auth::AuthApi& api() { return process_.api<auth::AuthApi>(); }
  Call call() const { return system_call("bramble staff", instance_.platform.clock->now() + patience); }
  std::vector<auth::StaffAccount> all() { return process_.run(api().list_staff(call(), {})).items; }

  auth::StaffAccount find() {
    auto accounts = all();
    auto named = [&](const std::string& login) {
      return std::find_if(accounts.begin(), accounts.end(),
                          [&](const auto& account) { return account.login == login; });
    };
    // The exact login first: old accounts may differ by case alone.
    auto found = named(command_.login);
    if (found == accounts.end()) found = named(auth::canonical_login(command_.login));
    if (found == accounts.end())
      throw Error(ErrorCode::not_found, "staff_not_found", "there is no account " + command_.login);
    return *found;
  }

  std::optional<SiteId> site() const {
    if (command_.site.empty()) return std::nullopt;
    auto site = SiteId::parse(command_.site);
    if (!site) throw_invalid("--site", "malformed", "a site's id, as site_moscow");
    return site;
  }

  static void tell(const auth::StaffAccount& account) {
    fmt::print("login={}  roles={}{}{}{}{}{}\n", account.login, fmt::join(account.roles, ","),
               account.site_id ? "  site=" + account.site_id->text() : std::string(),
               account.second_factor ? "  second factor" : "", account.disabled ? "  disabled" : "",
               account.invited ? "  has yet to choose a password" : "", account.demo ? "  demo" : "");
  }
  static void tell(const auth::HandedPassword& made) {
    fmt::print("login={}  password={}\n", made.login, made.password);
    fmt::print("The password works until {}; its owner has to change it first of all.\n",
               to_rfc3339(made.expires_at));
  }

  StaffCommand command_;
  Instance instance_;
  Process process_;
};

using Story = void (StaffSession::*)();

int run(const StaffCommand& command, Story story) {
  try {
    StaffSession session(command);
    (session.*story)();
    return 0;
  } catch (const Error& error) {
    std::string hint = error.reason == "data_in_use" ? ", or use the page Staff of its console" : "";
    if (!error.fields.empty()) hint = ": " + error.fields.front().field + ": " + error.fields.front().detail;
    fmt::print(stderr, "bramble staff: {}{}\n", error.what(), hint);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "bramble staff: {}\n", failure.what());
  }
  return 1;
}

Command& add_story(Command& staff, const char* name, const char* what, Story story,
                   std::shared_ptr<StaffCommand> command, int& exit_code) {
  auto& added = staff.command(name, what);
  added.option("--data", command->data, "data folder of the instance, which must be stopped").show_default();
  added.option("--config", command->config, "TOML file, as for serve");
  added.option("--set", command->sets, "a setting: section.key=value");
  added.on_run([command, story, &exit_code] { exit_code = run(*command, story); });
  return added;
}

void add_roles(Command& story, StaffCommand& command) {
  story.option("--role", command.roles_given, "admin, support, warehouse or supervisor; may be given again")
      .required();
  story.option("--site", command.site, "where a warehouse worker belongs: site_…");
}

}  // namespace

void add_staff_command(Command& app, int& exit_code) {
  auto& staff = app.command("staff", "the accounts of staff of a stopped instance");
  staff.require_command();
  auto command = std::make_shared<StaffCommand>();
  command->log_level = "error";
  auto add = [&](const char* name, const char* what, Story story) -> Command& {
    return add_story(staff, name, what, story, command, exit_code);
  };
  add("list", "all accounts", &StaffSession::list);
  auto with_login = [&](const char* name, const char* what, Story story) -> Command& {
    auto& added = add(name, what, story);
    added.option("LOGIN", command->login, "who").required();
    return added;
  };
  add_roles(with_login("add", "make an account, and a password to hand over", &StaffSession::add), *command);
  add_roles(with_login("roles", "give other roles; the account's sessions end", &StaffSession::roles),
            *command);
  with_login("disable", "shut an account; its sessions end", &StaffSession::disable);
  with_login("enable", "open it again", &StaffSession::enable);
  with_login("reset-password", "a new password to hand over; the account's sessions end",
             &StaffSession::reset_password);
  with_login("reset-factor", "take all second factors away; the account's sessions end",
             &StaffSession::reset_factors);
}

}  // namespace bramble
