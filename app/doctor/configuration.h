// The configuration as far as it can be judged from outside: whether the file can be read and understood,
// whether what it names is there (certificates, keys, secrets' files, PostgreSQL).
#pragma once

#include <map>
#include <string>

#include "app/doctor/finding.h"

namespace bramble::doctor {

// "section.key" → its text, from the file and over it from the environment (BRAMBLE_SECTION_KEY, then
// "section.key" is the lower-case name with its first underscore as the dot).
using Configured = std::map<std::string, std::string>;

// `path` may be empty: then only the environment counts. A file that cannot be read or parsed is a finding.
Configured read_configuration(Findings& findings, const std::string& path, const char* const* environment);

// Files that keys ending in _file, _certificate or _key name.
void examine_named_files(Findings& findings, const Configured& configured);

// Every PostgreSQL server that is named: that it answers, how old it is, and that its commits are durable.
void examine_postgres(Findings& findings, const Configured& configured);

// Whether a value is something to connect to PostgreSQL by.
bool is_conninfo(const std::string& key, const std::string& value);

}  // namespace bramble::doctor
