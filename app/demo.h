// What a demo instance has beyond an empty one: generated goods and staff to sign in as.
#pragma once

#include <functional>
#include <string>

#include "app/generate/generate.h"
#include "runtime/process.h"

namespace bramble {

// Whether the data folder holds the demo of this size, whole.
bool has_demo(const std::string& data_folder, DemoSize size);

// Throws Error conflict "data_has_staff" where there are accounts of staff that no demo made.
void check_demo_may_begin(Process& process, const Clock& clock, const std::string& data_folder);

// Makes it through the services of a process that runs without servers, and says how far it is. May be cut
// off and repeated. Where staff are whom no demo made, it makes no logins.
void make_demo(Process& process, const Clock& clock, const std::string& data_folder, DemoSize size,
               const std::function<void(const std::string&)>& say);

// One line a login: "demo login  role=warehouse  site=site_…  login=…  password=…".
std::string demo_logins(const std::string& data_folder);

}  // namespace bramble
