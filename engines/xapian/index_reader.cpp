#include "engines/xapian/index_reader.h"

#include <algorithm>
#include <limits>

#include "engines/xapian/facet_spy.h"

namespace bramble::xapian {
namespace {

// Totals and counts are exact up to so many matches, estimated beyond.
constexpr Xapian::doccount exact_up_to = 100'000;
constexpr std::size_t most_words = 32;
constexpr std::size_t most_scanned = 5'000;
constexpr unsigned most_edits = 2;

std::vector<std::string> query_words(const std::string& text) {
  auto words = words_of(text);
  std::vector<std::string> telling;
  std::copy_if(words.begin(), words.end(), std::back_inserter(telling),
               [](const std::string& word) { return !is_stop_word(word); });
  if (telling.empty()) return {};
  if (telling.size() > most_words) telling.resize(most_words);
  return telling;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// A document without the number is in no range, and would be below all: so the lower end is always written.
Xapian::Query range_query(Xapian::valueno slot, const SearchRange& range) {
  auto min = Xapian::sortable_serialise(range.min.value_or(std::numeric_limits<double>::lowest()));
  if (!range.max) return Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, min);
  return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, min, Xapian::sortable_serialise(*range.max));
}

using Suggestion = std::pair<Xapian::doccount, std::string>;  // how many documents have it

// Adds the terms below `prefix` + `begin`.
void scan(const Xapian::Database& database, const std::string& prefix, const std::string& begin,
          std::vector<Suggestion>& found) {
  std::size_t scanned = 0;
  auto end = database.allterms_end(prefix + begin);
  for (auto at = database.allterms_begin(prefix + begin); at != end && scanned < most_scanned;
       ++at, ++scanned) {
    found.emplace_back(at.get_termfreq(), (*at).substr(prefix.size()));
  }
}

// Each text once, whatever the languages that have it.
std::vector<Suggestion> suggestions(const Xapian::Database& database, const std::string& begin,
                                    const std::vector<std::string>& languages) {
  std::vector<Suggestion> found;
  for (const auto& language : languages) {
    if (begin.find(' ') == std::string::npos)
      scan(database, language_prefix(word_prefix, language), begin, found);
    scan(database, language_prefix(phrase_prefix, language), begin, found);
  }
  if (languages.size() < 2) return found;
  std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return left.second != right.second ? left.second < right.second : left.first > right.first;
  });
  auto is_same = [](const auto& left, const auto& right) { return left.second == right.second; };
  found.erase(std::unique(found.begin(), found.end(), is_same), found.end());
  return found;
}

}  // namespace

IndexReader::IndexReader(const std::string& folder) : database_(folder) { slots_.load(database_); }

void IndexReader::refresh() {
  if (database_.reopen()) slots_.load(database_);
}

SearchResult IndexReader::search(const SearchQuery& query) {
  auto words = query_words(query.text);
  if (words.empty() && !query.text.empty()) return {};
  auto result = run(query, words);
  if (result.total > 0 || words.empty()) return result;
  auto better = corrected(words);
  if (!better) return result;
  auto second = run(query, *better);
  if (second.total == 0) return result;
  second.corrected = joined(*better);
  return second;
}

SearchResult IndexReader::run(const SearchQuery& query, const std::vector<std::string>& words) {
  Xapian::Enquire enquire(database_);
  VariantRanges ranges(query, slots_);
  auto wanted = filters(query, ranges);
  if (words.empty()) {
    wanted.push_back(Xapian::Query(live_term));
    enquire.set_query(Xapian::Query(Xapian::Query::OP_AND, wanted.begin(), wanted.end()));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
  } else if (wanted.empty()) {
    enquire.set_query(text_query(words));
  } else {
    Xapian::Query filter(Xapian::Query::OP_AND, wanted.begin(), wanted.end());
    enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, text_query(words), filter));
  }
  std::optional<VariantKey> key;
  auto of_variants = ranges.is_asked() ? slots_.find(variant_slot(query.sort_by)) : std::nullopt;
  if (of_variants) {
    key.emplace(ranges, *of_variants);
    enquire.set_sort_by_key_then_relevance(&*key, query.descending);
  } else if (auto slot = slots_.find(number_slot(query.sort_by)); slot && !query.sort_by.empty()) {
    enquire.set_sort_by_value_then_relevance(*slot, query.descending);
  }
  FacetSpy spy(query, slots_, ranges);
  if (spy.is_wanted()) enquire.add_matchspy(&spy);
  auto matches = enquire.get_mset(static_cast<Xapian::doccount>(query.offset),
                                  static_cast<Xapian::doccount>(query.limit), exact_up_to);
  SearchResult result;
  result.total = matches.get_matches_estimated();
  for (auto at = matches.begin(); at != matches.end(); ++at) {
    auto document = at.get_document();
    auto ids = unpacked_ids(document.get_data());
    auto first = ranges.first(document);
    result.ids.push_back(std::move(ids.id));
    result.variants.push_back(first && *first < ids.variants.size() ? ids.variants[*first] : std::string());
  }
  spy.report(result);
  return result;
}

Xapian::Query IndexReader::text_query(const std::vector<std::string>& words) {
  std::vector<Xapian::Query> all;
  for (const auto& word : words) all.emplace_back("Z" + stems_.of(word));
  return Xapian::Query(Xapian::Query::OP_AND, all.begin(), all.end());
}

std::vector<Xapian::Query> IndexReader::filters(const SearchQuery& query, const VariantRanges& ranges) const {
  std::vector<Xapian::Query> all;
  for (const auto& [key, values] : query.terms) {
    if (values.empty()) continue;
    std::vector<Xapian::Query> any;
    for (const auto& value : values) any.emplace_back(filter_term(key, value));
    all.emplace_back(Xapian::Query::OP_OR, any.begin(), any.end());
  }
  for (const auto& [name, range] : query.numbers) {
    if (!range.min && !range.max) continue;
    auto slot = slots_.find(number_slot(name));
    all.push_back(slot ? range_query(*slot, range) : Xapian::Query::MatchNothing);
  }
  if (!ranges.is_asked()) return all;
  // Xapian deletes what was released when no query has it any more.
  if (ranges.is_possible()) all.emplace_back((new DocumentsInRanges(ranges))->release());
  else all.push_back(Xapian::Query::MatchNothing);
  return all;
}

// The words with those that no document has replaced by the likeliest ones meant; nothing if there is no
// such.
std::optional<std::vector<std::string>> IndexReader::corrected(const std::vector<std::string>& words) {
  auto better = words;
  bool changed = false;
  for (auto& word : better) {
    if (database_.term_exists("Z" + stems_.of(word))) continue;
    auto suggestion = database_.get_spelling_suggestion(word, most_edits);
    if (suggestion.empty()) return std::nullopt;
    word = suggestion;
    changed = true;
  }
  if (!changed) return std::nullopt;
  return better;
}

std::vector<std::string> IndexReader::suggest(const std::string& prefix, const std::string& language,
                                              std::size_t limit) const {
  auto begin = joined(words_of(prefix));
  if (begin.empty()) return {};
  std::vector<Suggestion> found;
  if (!language.empty()) found = suggestions(database_, begin, {language, ""});
  if (found.empty()) found = suggestions(database_, begin, languages_below(database_, word_prefix));
  std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
    return left.first != right.first ? left.first > right.first : left.second < right.second;
  });
  std::vector<std::string> texts;
  for (auto& [count, text] : found) {
    if (texts.size() == limit) break;
    texts.push_back(std::move(text));
  }
  return texts;
}

std::int64_t IndexReader::size() const { return database_.get_termfreq(live_term); }

}  // namespace bramble::xapian
