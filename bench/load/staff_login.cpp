#include "bench/load/staff_login.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "bench/load/address.h"
#include "bench/load/local_instance.h"

namespace bramble::load {

std::vector<StaffLogin> read_demo_logins(std::string_view text) {
  std::vector<StaffLogin> logins;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    StaffLogin login;
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      auto equals = word.find('=');
      if (equals == std::string::npos) continue;
      auto name = word.substr(0, equals);
      auto value = word.substr(equals + 1);
      if (name == "role") login.role = value;
      if (name == "site") login.site = value;
      if (name == "login") login.login = value;
      if (name == "password") login.password = value;
    }
    if (!login.login.empty() && !login.password.empty()) logins.push_back(std::move(login));
  }
  return logins;
}

namespace {

constexpr const char* logins_file = "demo-logins.txt";

// The data folder of the target, if it runs on this machine; else nothing.
std::string data_of_target(const std::string& target) {
  auto url = parse_url(target);
  bool here = url.host == "localhost" || url.host == "::1" || url.host.starts_with("127.");
  return here ? folder_of_listener(url.port, logins_file).value_or(std::string()) : std::string();
}

// An admin may receive goods everywhere, a warehouse worker at least at one site.
StaffLogin login_in(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  auto logins = read_demo_logins(text.str());
  for (const char* role : {"admin", "warehouse"}) {
    for (auto& found : logins) {
      if (found.role == role) return found;
    }
  }
  throw std::runtime_error("no admin or warehouse login in " + path);
}

}  // namespace

StaffLogin find_staff_login(const BenchOptions& options) {
  if (!options.staff_login.empty()) return {{}, {}, options.staff_login, options.staff_password};
  const char* login = std::getenv("BRAMBLE_STAFF_LOGIN");
  const char* password = std::getenv("BRAMBLE_STAFF_PASSWORD");
  if (login != nullptr && password != nullptr) return {{}, {}, login, password};
  auto folder = options.data.empty() ? data_of_target(options.target) : options.data;
  if (!folder.empty()) return login_in(folder + "/" + logins_file);
  throw std::runtime_error(
      "this scenario receives stock, so it needs a staff login: give --staff-login and --staff-password, "
      "set BRAMBLE_STAFF_LOGIN and BRAMBLE_STAFF_PASSWORD, or name the data folder of a demo instance with "
      "--data");
}

}  // namespace bramble::load
