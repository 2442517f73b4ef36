#include "engines/xapian/index_writer.h"

#include <set>

#include "engines/xapian/variant_ranges.h"

namespace bramble::xapian {
namespace {

constexpr std::size_t longest_phrase = 100;
constexpr std::size_t most_phrase_words = 4;

// The text's beginning of so many words.
std::string phrase_of(const std::vector<std::string>& words, std::size_t count) {
  std::string phrase;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) phrase += ' ';
    phrase += words[i];
  }
  return phrase;
}

// Whole short texts (brands, categories) and the beginnings of longer ones (titles).
void add_phrases(Xapian::Document& entry, const std::vector<std::string>& words,
                 const std::string& language) {
  auto prefix = language_prefix(phrase_prefix, language);
  auto longest = std::min(words.size(), most_phrase_words - (words.size() > most_phrase_words ? 1 : 0));
  for (std::size_t count = 2; count <= longest; ++count) {
    if (is_stop_word(words[count - 1])) continue;
    auto phrase = phrase_of(words, count);
    if (phrase.size() <= longest_phrase) entry.add_boolean_term(prefix + phrase);
  }
}

}  // namespace

IndexWriter::IndexWriter(const std::string& folder)
    : database_(folder, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS) {
  slots_.load(database_);
}

void IndexWriter::put(const SearchDocument& document) {
  auto unique = id_term(document.id);
  auto earlier = database_.postlist_begin(unique);
  bool is_new = earlier == database_.postlist_end(unique);
  if (!is_new) {
    auto stored = database_.get_document(*earlier).get_value(version_slot);
    if (document.version <= std::stoll(stored)) return;
  }
  Xapian::Document entry;
  entry.add_boolean_term(unique);
  entry.add_value(version_slot, std::to_string(document.version));
  entry.set_data(packed_ids(document));
  if (!document.deleted) fill(entry, document, is_new);
  if (is_new) database_.add_document(entry);
  else database_.replace_document(*earlier, entry);
}

void IndexWriter::fill(Xapian::Document& entry, const SearchDocument& document, bool is_new) {
  entry.add_boolean_term(live_term);
  for (const auto& text : document.texts) add_text(entry, text, is_new);
  for (const auto& [key, value] : document.terms) {
    entry.add_boolean_term(filter_term(key, value));
    entry.add_value(slots_.take(value_slot(key), slots_changed_), value);
  }
  for (const auto& [name, number] : document.numbers) {
    entry.add_value(slots_.take(number_slot(name), slots_changed_), Xapian::sortable_serialise(number));
  }
  std::set<std::string> names;
  for (const auto& variant : document.variants)
    for (const auto& [name, number] : variant.numbers) names.insert(name);
  for (const auto& name : names) {
    entry.add_value(slots_.take(variant_slot(name), slots_changed_),
                    packed_variants(document.variants, name));
  }
}

void IndexWriter::add_text(Xapian::Document& entry, const SearchText& text, bool is_new) {
  auto words = words_of(text.text);
  bool is_weighty = text.weight > 1;
  auto prefix = language_prefix(word_prefix, text.language);
  for (const auto& word : words) {
    if (is_stop_word(word)) continue;
    entry.add_term("Z" + stems_.of(word), static_cast<Xapian::termcount>(text.weight));
    if (!is_weighty) continue;
    entry.add_boolean_term(prefix + word);
    if (is_new) ++new_words_[word];
  }
  if (is_weighty) add_phrases(entry, words, text.language);
}

void IndexWriter::commit() {
  for (const auto& [word, count] : new_words_) database_.add_spelling(word, count);
  new_words_.clear();
  if (slots_changed_) slots_.save(database_);
  slots_changed_ = false;
  database_.commit();
}

}  // namespace bramble::xapian
