// What a document is made of inside Xapian: its terms, its value slots and their names.
//
// Q<id>                  the document; of a deleted one only this and its version stay, to tell older puts by
// L                      every document that is not deleted
// Z<stem>                a word of its texts
// XF<key>:<value>        an exact value to filter by
// XW<language>:<word>    a word of its weightier texts, for suggestions
// XP<language>:<phrase>  the beginning of such a text
#pragma once

#include <xapian.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bramble::xapian {

inline constexpr const char* live_term = "L";
inline constexpr const char* word_prefix = "XW";
inline constexpr const char* phrase_prefix = "XP";
inline constexpr Xapian::valueno version_slot = 0;

// How the suggestions of a language begin: below `word_prefix` or `phrase_prefix`. No language is one as
// well.
std::string language_prefix(const char* prefix, const std::string& language);
// The languages that there are such suggestions in.
std::vector<std::string> languages_below(const Xapian::Database& database, const char* prefix);

std::string id_term(const std::string& id);
std::string filter_term(const std::string& key, const std::string& value);

// The slots of numbers ("n:price"), of variants' numbers ("v:price") and of exact values ("t:brand"), kept in
// the index's metadata.
class Slots {
 public:
  void load(const Xapian::Database& database);
  void save(Xapian::WritableDatabase& database) const;
  std::optional<Xapian::valueno> find(const std::string& name) const;
  // Gives a new name the next slot; `is_new` becomes true then.
  Xapian::valueno take(const std::string& name, bool& is_new);

 private:
  std::map<std::string, Xapian::valueno> by_name_;
};

inline std::string number_slot(const std::string& name) { return "n:" + name; }
inline std::string variant_slot(const std::string& name) { return "v:" + name; }
inline std::string value_slot(const std::string& name) { return "t:" + name; }

}  // namespace bramble::xapian
