// Answers to the searches asked since the index last changed: front pages and popular words are asked all the
// time. Safe to use from any thread.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "ports/search.h"

namespace bramble::xapian {

class ResultCache {
 public:
  static std::string key_of(const SearchQuery& query);

  // Only what was kept in the same generation of the index.
  std::optional<SearchResult> find(const std::string& key, std::uint64_t generation);
  void keep(std::string key, std::uint64_t generation, const SearchResult& result);

 private:
  std::mutex mutex_;
  std::uint64_t generation_ = 0;
  std::unordered_map<std::string, SearchResult> results_;
};

}  // namespace bramble::xapian
