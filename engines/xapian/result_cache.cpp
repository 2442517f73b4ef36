#include "engines/xapian/result_cache.h"

namespace bramble::xapian {
namespace {

constexpr std::size_t most_results = 1'000;
constexpr std::size_t longest_key = 2'000;

// Lengths before texts, so that no two queries have one key.
void add(std::string& key, const std::string& text) {
  key += std::to_string(text.size());
  key += ':';
  key += text;
}

void add(std::string& key, const std::optional<double>& number) {
  if (number) key.append(reinterpret_cast<const char*>(&*number), sizeof *number);
  key += number ? '=' : '-';
}

}  // namespace

std::string ResultCache::key_of(const SearchQuery& query) {
  std::string key;
  add(key, query.text);
  for (const auto& [name, values] : query.terms) {
    add(key, name);
    for (const auto& value : values) add(key, value);
    key += ';';
  }
  key += '|';
  for (const auto& [name, range] : query.numbers) {
    add(key, name);
    add(key, range.min);
    add(key, range.max);
  }
  key += '|';
  for (const auto& [name, range] : query.variant_numbers) {
    add(key, name);
    add(key, range.min);
    add(key, range.max);
  }
  key += '|';
  add(key, query.sort_by);
  key += query.descending ? 'd' : 'a';
  key += std::to_string(query.offset) + "+" + std::to_string(query.limit);
  for (const auto& name : query.count_terms) add(key, name);
  if (!query.count_terms.empty()) key += std::to_string(query.most_counts);
  key += '|';
  for (const auto& name : query.span_numbers) add(key, name);
  return key;
}

std::optional<SearchResult> ResultCache::find(const std::string& key, std::uint64_t generation) {
  std::lock_guard lock(mutex_);
  if (generation != generation_) return std::nullopt;
  auto found = results_.find(key);
  if (found == results_.end()) return std::nullopt;
  return found->second;
}

void ResultCache::keep(std::string key, std::uint64_t generation, const SearchResult& result) {
  if (key.size() > longest_key) return;
  std::lock_guard lock(mutex_);
  if (generation < generation_) return;
  if (generation > generation_ || results_.size() >= most_results) results_.clear();
  generation_ = generation;
  results_.emplace(std::move(key), result);
}

}  // namespace bramble::xapian
