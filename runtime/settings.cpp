#include "runtime/settings.h"

#include <toml++/toml.h>

#include <charconv>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "runtime/nearest.h"

namespace bramble {
namespace {

[[noreturn]] void refuse(std::string message) {
  throw Error(ErrorCode::invalid, "bad_setting", std::move(message));
}

std::string joined(std::string_view section, std::string_view key) {
  return std::string(section) + "." + std::string(key);
}

std::string variable_of(std::string_view section, std::string_view key) {
  std::string name = "BRAMBLE_" + std::string(section) + "_" + std::string(key);
  for (char& c : name)
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : (c == '-' || c == '.' ? '_' : c);
  return name;
}

std::string text_of(const toml::node& node, const std::string& name, const std::string& origin) {
  if (auto text = node.value_exact<std::string>()) return *text;
  if (auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (auto flag = node.value_exact<bool>()) return *flag ? "true" : "false";
  if (const auto* array = node.as_array()) {
    std::string list;
    for (const auto& element : *array) {
      if (!element.is_string()) refuse(name + " in " + origin + " is a list of something else than text");
      list.append(list.empty() ? "" : ",").append(element.as_string()->get());
    }
    return list;
  }
  refuse(name + " in " + origin + " is neither text, a whole number, true, false nor a list of texts");
}

}  // namespace

void Settings::load_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) refuse("the configuration " + path + " cannot be read");
  load_text(text.str(), path);
}

void Settings::load_text(std::string_view toml, const std::string& origin) {
  toml::table table;
  try {
    table = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    auto line = std::to_string(error.source().begin.line);
    refuse(origin + ", line " + line + ": " + std::string(error.description()));
  }
  for (const auto& [section, node] : table) {
    const auto* keys = node.as_table();
    if (keys == nullptr) refuse(std::string(section.str()) + " in " + origin + " is in no [section]");
    for (const auto& [key, value] : *keys) {
      auto name = joined(section.str(), key.str());
      file_[name] = {text_of(value, name, origin), origin};
    }
  }
}

void Settings::load_environment(const char* const* variables) {
  constexpr std::string_view ours = "BRAMBLE_";
  for (; *variables != nullptr; ++variables) {
    std::string_view line = *variables;
    auto equals = line.find('=');
    if (!line.starts_with(ours) || equals == std::string_view::npos) continue;
    environment_[std::string(line.substr(0, equals))] = {std::string(line.substr(equals + 1)),
                                                         "the environment"};
  }
}

void Settings::set(std::string_view assignment) {
  auto equals = assignment.find('=');
  auto dot = assignment.find('.');
  if (equals == std::string_view::npos || dot == std::string_view::npos || dot > equals) {
    refuse("--set wants section.key=value, not '" + std::string(assignment) + "'");
  }
  flags_[std::string(assignment.substr(0, equals))] = {std::string(assignment.substr(equals + 1)), "--set"};
}

const Settings::Value* Settings::find(std::string_view section, std::string_view key) {
  auto name = joined(section, key);
  if (auto it = flags_.find(name); it != flags_.end()) return &it->second;
  if (auto it = environment_.find(variable_of(section, key)); it != environment_.end()) return &it->second;
  if (auto it = file_.find(name); it != file_.end()) return &it->second;
  return nullptr;
}

void Settings::declare(std::string_view section, std::string_view key, std::string kind,
                       std::string otherwise) {
  known_[joined(section, key)] = {std::string(section), std::string(key), std::move(kind),
                                  std::move(otherwise)};
}

std::int64_t Settings::integer(std::string_view section, std::string_view key, std::int64_t otherwise,
                               std::int64_t min, std::int64_t max) {
  auto range = std::to_string(min) + ".." + std::to_string(max);
  declare(section, key, "integer " + range, std::to_string(otherwise));
  const auto* value = find(section, key);
  if (value == nullptr) return otherwise;
  std::int64_t number = 0;
  const char* end = value->text.data() + value->text.size();
  auto [stop, failure] = std::from_chars(value->text.data(), end, number);
  if (failure != std::errc() || stop != end || number < min || number > max) {
    refuse(joined(section, key) + " from " + value->origin + " is '" + value->text +
           "': a whole number within " + range + " is wanted");
  }
  return number;
}

std::string Settings::text(std::string_view section, std::string_view key, std::string_view otherwise) {
  declare(section, key, "text", std::string(otherwise));
  const auto* value = find(section, key);
  return value == nullptr ? std::string(otherwise) : value->text;
}

std::string Settings::choice(std::string_view section, std::string_view key,
                             const std::vector<std::string>& words) {
  std::string allowed;
  for (const auto& word : words) allowed += (allowed.empty() ? "" : ", ") + word;
  declare(section, key, allowed, words.front());
  const auto* value = find(section, key);
  if (value == nullptr) return words.front();
  if (std::find(words.begin(), words.end(), value->text) == words.end()) {
    refuse(joined(section, key) + " from " + value->origin + " is '" + value->text + "': one of " + allowed +
           " is wanted");
  }
  return value->text;
}

std::vector<std::string> Settings::list(std::string_view section, std::string_view key) {
  declare(section, key, "list", "");
  const auto* value = find(section, key);
  std::vector<std::string> words;
  for (std::string_view rest = value == nullptr ? std::string_view() : value->text; !rest.empty();) {
    auto end = std::min(rest.find(','), rest.size());
    auto word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    auto begin = std::min(word.find_first_not_of(' '), word.size());
    word = word.substr(begin, word.find_last_not_of(' ') + 1 - begin);
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

bool Settings::flag(std::string_view section, std::string_view key, bool otherwise) {
  declare(section, key, "true or false", otherwise ? "true" : "false");
  const auto* value = find(section, key);
  if (value == nullptr) return otherwise;
  if (value->text == "true" || value->text == "1") return true;
  if (value->text == "false" || value->text == "0") return false;
  refuse(joined(section, key) + " from " + value->origin + " is '" + value->text +
         "': true or false is wanted");
}

std::string Settings::secret(std::string_view section, std::string_view key) {
  declare(section, key, "secret", "");
  auto name = joined(section, key);
  if (file_.contains(name) || flags_.contains(name)) {
    refuse(name + " is a secret: give it as " + variable_of(section, key) + ", or name its file with " +
           name + "_file");
  }
  auto it = environment_.find(variable_of(section, key));
  return it == environment_.end() ? std::string() : it->second.text;
}

std::string Settings::nearest(std::string_view wanted) const {
  std::vector<std::string> names;
  for (const auto& [name, known] : known_) names.push_back(name);
  return nearest_word(wanted, names);
}

void Settings::unknown(const std::string& name, const Value& value, std::string_view near) const {
  std::string message = "nobody knows the setting " + name + " (from " + value.origin + ")";
  if (!near.empty()) message += "; the nearest is " + std::string(near);
  throw Error(ErrorCode::invalid, "unknown_setting", std::move(message));
}

void Settings::check(const std::set<std::string>& other_sections) const {
  for (const auto* values : {&file_, &flags_}) {
    for (const auto& [name, value] : *values) {
      if (known_.contains(name) || other_sections.contains(name.substr(0, name.find('.')))) continue;
      unknown(name, value, nearest(name));
    }
  }
  std::map<std::string, std::string> variables;
  for (const auto& [name, known] : known_) variables[variable_of(known.section, known.key)] = name;
  for (const auto& [name, value] : environment_) {
    bool elsewhere = std::any_of(other_sections.begin(), other_sections.end(), [&](const auto& section) {
      return name.starts_with(variable_of(section, ""));
    });
    if (variables.contains(name) || elsewhere) continue;
    std::vector<std::string> names;
    for (const auto& [variable, known] : variables) names.push_back(variable);
    unknown(name, value, nearest_word(name, names));
  }
}

std::string Settings::help() const {
  std::string text;
  for (const auto& [name, known] : known_) {
    text += name + std::string(name.size() < 36 ? 36 - name.size() : 1, ' ') + known.kind;
    if (known.kind != "secret") text += "  (" + known.otherwise + ")";
    text += "\n";
  }
  return text;
}

}  // namespace bramble
