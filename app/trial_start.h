// Whether the platform starts with a configuration: found out by starting all of it, on stores made for the
// trial and without servers, so that nothing of an instance is touched.
#pragma once

#include <string>

namespace bramble {

// What is wrong with the configuration (a file, or "" for the environment alone); empty if nothing is.
std::string trial_complaint(const std::string& config);

}  // namespace bramble
