// An instance without staff gets its first admin when it starts: with a password that is shown once and has
// to be changed, or with the one that was given for it.
#pragma once

#include <functional>
#include <string>

#include "runtime/process.h"

namespace bramble {

// BRAMBLE_AUTH_FIRST_ADMIN_PASSWORD, or the file that auth.first_admin_password_file names; empty: neither.
// Asking declares the settings. Throws Error invalid if the file cannot be read.
std::string given_first_admin_password(Settings& settings);

// Does nothing where there are staff, or auth runs elsewhere. `given` may be empty. A made password is said
// if a person reads standard output, and else written to <data>/first-admin.txt, 0600: what a service prints
// is kept in logs.
void make_first_admin(Process& process, const Clock& clock, const std::string& data_folder,
                      const std::string& given, const std::function<void(const std::string&)>& say);

}  // namespace bramble
