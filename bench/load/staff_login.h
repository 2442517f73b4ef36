// Where a run finds a staff login: what it was given, the environment, or the file that a demo instance
// writes.
#pragma once

#include <string>
#include <vector>

#include "bench/load/bench.h"

namespace bramble::load {

struct StaffLogin {
  std::string role;
  std::string site;
  std::string login;
  std::string password;
};

// The logins in lines like "demo login  role=warehouse  site=site_1  login=anna  password=secret".
std::vector<StaffLogin> read_demo_logins(std::string_view text);

// Throws std::runtime_error that says how to give one.
StaffLogin find_staff_login(const BenchOptions& options);

}  // namespace bramble::load
