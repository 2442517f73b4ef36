// The stores of an instance as an auditor sees them: every module's tables under the module's name
// ("orders.purchase"), read only, all of it as it was at the last snapshot. Has readers of its own for both
// engines.
#pragma once

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace bramble::check {

// The stores are not there, cannot be read, or are not as the schema says.
struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using TextRow = std::vector<std::string>;  // nulls are empty

class Stores {
 public:
  virtual ~Stores() = default;

  // The modules whose tables are there.
  virtual const std::set<std::string>& modules() const = 0;
  // Looks at everything anew. SQLite's files are looked at one after another, within milliseconds, those
  // first that hear of things from the others: so what a row rests on is there if the row is.
  virtual void take_snapshot() = 0;
  // Lets go of the last snapshot, so that nobody waits for it.
  virtual void release() = 0;
  // The rows of a query in the part of SQL that both engines share; at most `limit` are read.
  virtual std::vector<TextRow> query(const std::string& sql, std::size_t limit) = 0;
  // Whether a module has a table of that name.
  virtual bool has_table(const std::string& module, const std::string& table) = 0;
};

// In the order in which snapshots are taken.
const std::vector<std::string>& audited_modules();

// The SQLite files in a data folder, named after their modules.
std::unique_ptr<Stores> open_sqlite_stores(const std::string& folder);

// The schemas of a PostgreSQL database, named after their modules.
std::unique_ptr<Stores> open_postgres_stores(const std::string& conninfo);

}  // namespace bramble::check
