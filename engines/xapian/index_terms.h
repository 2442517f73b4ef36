// What a document is made of inside Xapian: its terms, its value slots and their names.
//
// Q<id>            the document itself; of a deleted one only this and its version stay, to tell older puts
// by L                every document that is not deleted Z<stem>          a word of its texts XF<key>:<value>
// an exact value to filter by XW<word>         a word of its weightier texts, for suggestions; XP<phrase> the
// beginning of such a text
#pragma once

#include <xapian.h>

#include <map>
#include <optional>
#include <string>

namespace bramble::xapian {

inline constexpr const char* live_term = "L";
inline constexpr const char* word_prefix = "XW";
inline constexpr const char* phrase_prefix = "XP";
inline constexpr Xapian::valueno version_slot = 0;

std::string id_term(const std::string& id);
std::string filter_term(const std::string& key, const std::string& value);

// The slots of numbers ("n:price") and of exact values ("t:brand"), kept in the index's metadata.
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
inline std::string value_slot(const std::string& name) { return "t:" + name; }

}  // namespace bramble::xapian
