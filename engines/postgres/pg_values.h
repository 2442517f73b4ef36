// Values in PostgreSQL's binary form. A parameter's kind decides its type: int8, float8, text, bytea; null
// leaves it to the server. Results: whole numbers and truths as integers, a sum of bigints (numeric) too;
// text and bytea as bytes.
#pragma once

#include <libpq-fe.h>

#include <array>
#include <span>
#include <string>
#include <vector>

#include "ports/sql.h"

namespace bramble::postgres {

// The parameters of one statement as libpq takes them. Borrows texts and blobs.
class Parameters {
 public:
  // Throws Error invalid for a text that cannot be stored.
  void set(std::span<const SqlValue> values);

  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }
  const Oid* types() const { return types_.data(); }
  // One letter a parameter for its type: a statement is prepared anew for each combination.
  const std::string& kinds() const { return kinds_; }

 private:
  void add(char kind, Oid type, const char* bytes, std::size_t size);

  std::vector<const char*> values_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::vector<Oid> types_;
  std::vector<std::array<char, 8>> numbers_;
  std::string kinds_;
};

// Throws Error internal for a column type that stores do not use.
Rows read_rows(const PGresult* result);

}  // namespace bramble::postgres
