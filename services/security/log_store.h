// The tables of the security log.
#pragma once

#include <vector>

#include "ports/database.h"
#include "services/security/security.api.h"

namespace bramble::security {

class LogStore {
 public:
  // Numbers, chains and stores them in their order. Of an entry only what it tells is taken.
  void append(Tx& tx, std::vector<Entry> entries) const;
  std::vector<Entry> search(Tx& tx, const SearchRequest& request) const;
  // The newest entry's number and hash; 0 and empty without one.
  struct End {
    std::int64_t seq = 0;
    std::string hash;
  };
  End last(Tx& tx) const;
  // Drops at most `limit` of the oldest, while they are from before `before`. How many.
  std::int64_t drop_before(Tx& tx, Time before, std::int64_t limit) const;

 private:
  End end(Tx& tx, std::string_view name) const;
  void move_end(Tx& tx, std::string_view name, const End& to) const;
};

}  // namespace bramble::security
