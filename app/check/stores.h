// The stores of an instance as an auditor sees them: every module's tables under the module's name
// ("orders.purchase"), read only. Has readers of its own for both engines.
#pragma once

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/check/audit.h"

namespace bramble::check {

// The stores are not there, cannot be read, or are not as the schema says.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using TextRow = std::vector<std::string>;  // nulls are empty

// Some stores as they were when the look was taken. Writers need not wait for it, but what they write cannot
// be tidied up while it lasts: let it go soon.
class Look {
 public:
  virtual ~Look() = default;

  // The rows of a query in the part of SQL that both engines share; at most `limit` are read.
  virtual std::vector<TextRow> query(const std::string& sql, std::size_t limit) = 0;
};

class Stores {
 public:
  virtual ~Stores() = default;

  // The modules whose tables are there.
  virtual const std::set<std::string>& modules() const = 0;
  // Looks at the stores of these modules anew; one look at a time. SQLite has a file for each module and
  // looks at them one after another, within milliseconds, in this order; so a row of one that rests on a row
  // of a later one finds it. At most ten.
  virtual std::unique_ptr<Look> look_at(const std::vector<std::string>& modules) = 0;
};

// The SQLite files in a data folder that are named after these modules.
std::unique_ptr<Stores> open_sqlite_stores(const std::string& folder,
                                           const std::set<std::string>& modules = modules_with_stores());

// The schemas of a PostgreSQL database that are named after modules.
std::unique_ptr<Stores> open_postgres_stores(const std::string& conninfo);

}  // namespace bramble::check
