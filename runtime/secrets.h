// Where secrets come from: the environment, a file that the configuration names, or one made here once and
// kept. They are never logged and never readable by anyone but the owner of the data folder.
#pragma once

#include <string>
#include <string_view>

#include "ports/clock.h"
#include "runtime/settings.h"

namespace bramble {

// The text of the secret, at least `bytes` characters long; a shorter one is Error invalid. A made one is the
// base64url of `bytes` random bytes in <data_folder>/secrets/<kept_as>, mode 0600; kept_as is <section>.<key>
// unless said.
std::string find_secret(Settings& settings, const std::string& data_folder, Random& random,
                        std::string_view section, std::string_view key, std::size_t bytes,
                        std::string kept_as = {});

// The same of one that is never made: empty if neither the environment nor a file gives it.
std::string find_given_secret(Settings& settings, std::string_view section, std::string_view key,
                              std::size_t bytes);

}  // namespace bramble
