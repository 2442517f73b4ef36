// The configuration: a TOML file, overridden by the environment (BRAMBLE_<SECTION>_<KEY>), overridden by
// flags (section.key=value). Asking for a key declares it. When all keys were asked for, `check` refuses
// values for undeclared keys.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace bramble {

struct KnownSetting {
  std::string section;
  std::string key;
  std::string kind;       // "integer 1..100", "text", "true or false", "secret"
  std::string otherwise;  // the default as text; empty for secrets
};

// Every function throws Error invalid with a sentence that names the key and the origin of its value.
class Settings {
 public:
  void load_file(const std::string& path);
  void load_text(std::string_view toml, const std::string& origin);
  // Reads the variables that begin with BRAMBLE_ from a null-terminated list of NAME=value.
  void load_environment(const char* const* variables);
  void set(std::string_view assignment);  // "section.key=value"

  std::int64_t integer(std::string_view section, std::string_view key, std::int64_t otherwise,
                       std::int64_t min, std::int64_t max);
  std::string text(std::string_view section, std::string_view key, std::string_view otherwise);
  // One of the words; the first one is the default.
  std::string choice(std::string_view section, std::string_view key, const std::vector<std::string>& words);
  // Words separated by commas, or an array of them in the file.
  std::vector<std::string> list(std::string_view section, std::string_view key);
  bool flag(std::string_view section, std::string_view key, bool otherwise);
  // Reads a secret, from the environment only: a secret in the file is an error that says where it belongs.
  std::string secret(std::string_view section, std::string_view key);

  // `other_sections` belong to modules that do not run in this process; they are not checked.
  void check(const std::set<std::string>& other_sections = {}) const;

  // One line per setting: "orders.hold_ms  integer 500..86400000  (900000)".
  std::string help() const;

 private:
  struct Value {
    std::string text;
    std::string origin;
  };

  const Value* find(std::string_view section, std::string_view key);
  void declare(std::string_view section, std::string_view key, std::string kind, std::string otherwise);
  std::string nearest(std::string_view wanted) const;
  [[noreturn]] void unknown(const std::string& name, const Value& value, std::string_view near) const;

  std::map<std::string, Value> file_;          // "section.key"
  std::map<std::string, Value> environment_;   // "BRAMBLE_SECTION_KEY"
  std::map<std::string, Value> flags_;         // "section.key"
  std::map<std::string, KnownSetting> known_;  // "section.key"
};

}  // namespace bramble
