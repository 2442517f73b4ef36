// What is wrong with a row of the file: a line of the errors' file.
#pragma once

#include <string>
#include <vector>

namespace bramble::importing {

struct RowProblem {
  std::string field;  // "price_minor"; empty: the whole row
  std::string code;   // a stable word: "required", "too_long", …
  std::string detail;
  bool is_skipped = true;  // false: the card was taken, without what is wrong with it

  bool operator==(const RowProblem&) const = default;
};

using RowProblems = std::vector<RowProblem>;

// The row cannot be taken.
inline void skip(RowProblems& problems, std::string field, std::string code, std::string detail) {
  problems.push_back({std::move(field), std::move(code), std::move(detail), true});
}
// The row is taken without it.
inline void note(RowProblems& problems, std::string field, std::string code, std::string detail) {
  problems.push_back({std::move(field), std::move(code), std::move(detail), false});
}

}  // namespace bramble::importing
