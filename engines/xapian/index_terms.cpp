#include "engines/xapian/index_terms.h"

#include <cstdint>
#include <cstdio>
#include <sstream>

namespace bramble::xapian {
namespace {

constexpr std::size_t longest_term = 200;  // Xapian takes 245 bytes, fewer where a term has zero bytes
constexpr const char* slots_key = "slots";
constexpr char language_end = ':';  // in no language and in no word
constexpr std::size_t most_languages = 50;

// A value too long for a term is told from others by a sum of it.
std::string bounded(std::string term) {
  if (term.size() <= longest_term) return term;
  std::uint64_t sum = 14695981039346656037ULL;
  for (unsigned char c : term) sum = (sum ^ c) * 1099511628211ULL;
  char hex[20];
  std::snprintf(hex, sizeof hex, "#%016llx", static_cast<unsigned long long>(sum));
  return term.substr(0, longest_term - 17) + hex;
}

}  // namespace

std::string language_prefix(const char* prefix, const std::string& language) {
  return prefix + language + language_end;
}

std::vector<std::string> languages_below(const Xapian::Database& database, const char* prefix) {
  std::vector<std::string> languages;
  auto end = database.allterms_end(prefix);
  auto at = database.allterms_begin(prefix);
  while (at != end && languages.size() < most_languages) {
    auto term = (*at).substr(std::string_view(prefix).size());
    languages.push_back(term.substr(0, term.find(language_end)));
    at.skip_to(prefix + languages.back() + static_cast<char>(language_end + 1));
  }
  return languages;
}

std::string id_term(const std::string& id) { return bounded("Q" + id); }

std::string filter_term(const std::string& key, const std::string& value) {
  return bounded("XF" + key + ":" + value);
}

void Slots::load(const Xapian::Database& database) {
  by_name_.clear();
  std::istringstream lines(database.get_metadata(slots_key));
  for (std::string name; std::getline(lines, name);) {
    auto slot = version_slot + 1 + static_cast<Xapian::valueno>(by_name_.size());
    by_name_.emplace(name, slot);
  }
}

void Slots::save(Xapian::WritableDatabase& database) const {
  std::vector<std::string> names(by_name_.size());
  for (const auto& [name, slot] : by_name_) names[slot - version_slot - 1] = name;
  std::string lines;
  for (const auto& name : names) lines += name + "\n";
  database.set_metadata(slots_key, lines);
}

std::optional<Xapian::valueno> Slots::find(const std::string& name) const {
  auto found = by_name_.find(name);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

Xapian::valueno Slots::take(const std::string& name, bool& is_new) {
  auto [slot, added] =
      by_name_.try_emplace(name, version_slot + 1 + static_cast<Xapian::valueno>(by_name_.size()));
  is_new = is_new || added;
  return slot->second;
}

}  // namespace bramble::xapian
