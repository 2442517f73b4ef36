// Secrets come from the environment, from a file that the configuration names, or from this process, which
// makes them once and stores them. They are never logged, and only the owner of the data folder can read
// them.
#pragma once

#include <string>
#include <string_view>

#include "ports/clock.h"
#include "runtime/settings.h"

namespace bramble {

// Returns the secret, at least `bytes` characters long; a shorter one throws Error invalid. A made secret is
// base64url of `bytes` random bytes in <data_folder>/secrets/<kept_as>, mode 0600; the default of kept_as is
// <section>.<key>.
std::string find_secret(Settings& settings, const std::string& data_folder, Random& random,
                        std::string_view section, std::string_view key, std::size_t bytes,
                        std::string kept_as = {});

// The same for a secret that is never made: empty if neither the environment nor a file gives it.
std::string find_given_secret(Settings& settings, std::string_view section, std::string_view key,
                              std::size_t bytes);

}  // namespace bramble
