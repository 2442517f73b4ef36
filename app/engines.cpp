#include "app/engines.h"

#include "engines/http/http_engines.h"
#include "engines/memory_cache/memory_cache_engine.h"
#include "engines/postgres/postgres_engine.h"
#include "engines/sqlite/sqlite_engine.h"
#include "engines/xapian/xapian_engine.h"

namespace bramble {

std::vector<Engine> all_engines() {
  return {sqlite_engine(), postgres_engine(), memory_cache_engine(),
          xapian_engine(), curl_engine(),     beast_engine()};
}

}  // namespace bramble
