// The audits: each is a query whose every row is a violation of one invariant. They are the files
// audits/*.sql of the modules and of the root folder, read by tools/audits when the program is built
// (audits/README.md).
#pragma once

#include <set>
#include <string>
#include <vector>

namespace bramble::check {

struct Audit {
  std::string invariant;             // "I3"
  std::string table;                 // where the row that is wrong lies
  std::string rule;                  // what should hold, as a sentence
  std::vector<std::string> modules;  // whose stores it reads, in the order in which it names them
  std::string sql;                   // (key, expected, found), as text; ${now}: the time of the check
};

// As they are written; all_audits in check.h are ready to be run.
const std::vector<Audit>& written_audits();

// Every module that has a schema.
const std::set<std::string>& modules_with_stores();

}  // namespace bramble::check
