#include "app/first_admin.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/error.h"
#include "runtime/private_files.h"
#include "services/auth/auth.api.h"

namespace bramble {
namespace {

constexpr Duration patience = minutes(1);

bool runs_auth(const Process& process) {
  auto roles = process.roles();
  return std::find(roles.begin(), roles.end(), "auth") != roles.end();
}

}  // namespace

std::string given_first_admin_password(Settings& settings) {
  auto password = settings.secret("auth", "first_admin_password");
  auto path = settings.text("auth", "first_admin_password_file", "");
  if (!password.empty() || path.empty()) return password;
  std::ifstream file(path);
  if (!std::getline(file, password) || password.empty())
    throw_invalid("auth.first_admin_password_file", "unreadable", "a file whose first line is the password");
  return password;
}

void make_first_admin(Process& process, const Clock& clock, const std::string& data_folder,
                      const std::string& given, const std::function<void(const std::string&)>& say) {
  if (!runs_auth(process)) return;
  auto call = system_call("first admin", clock.now() + patience);
  auto made = process.run(process.api<auth::AuthApi>().first_admin(call, {given})).made;
  if (!made) return;
  auto until = to_rfc3339(made->expires_at);
  auto line = "first admin  login=" + made->login + "  password=" + made->password;
  if (!given.empty()) {
    say("first admin  login=" + made->login + "  with the password that was given; it works until " + until +
        " and has to be changed at the first sign-in");
  } else if (::isatty(STDOUT_FILENO) == 1) {
    say(line);
    say("It is shown this once, works until " + until + " and has to be changed at the first sign-in.");
  } else {
    auto path = data_folder + "/first-admin.txt";
    write_private_file(path, line + "\n");
    say("first admin  login=" + made->login + "  password in " + path + ", works until " + until +
        " and has to be changed at the first sign-in");
  }
}

}  // namespace bramble
