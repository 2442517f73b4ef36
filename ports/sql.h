// SQL statements, parameters and rows, the same for all database engines. A statement is one text with $1,
// $2, … in the SQL that SQLite and PostgreSQL share, or two texts where they differ.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace bramble {

// The kind of a statement, by its first word.
enum class StatementKind { select, insert, update, remove, other };
inline constexpr std::size_t statement_kinds = 5;

constexpr StatementKind kind_of_statement(std::string_view text) {
  if (text.starts_with("SELECT") || text.starts_with("WITH")) return StatementKind::select;
  if (text.starts_with("INSERT")) return StatementKind::insert;
  if (text.starts_with("UPDATE")) return StatementKind::update;
  if (text.starts_with("DELETE")) return StatementKind::remove;
  return StatementKind::other;
}
std::string_view to_string(StatementKind kind);

// A statement that is a literal in the source. Engines cache the prepared statement by the literal's address,
// so the text must live as long as the process. Intern text that is put together at run time.
struct Sql {
  template <std::size_t N>
  consteval Sql(const char (&text)[N]) : Sql(std::string_view(text, N - 1)) {}  // NOLINT: reads as SQL
  template <std::size_t N, std::size_t M>
  consteval Sql(const char (&for_sqlite)[N], const char (&for_postgres)[M])
      : sqlite(for_sqlite, N - 1), postgres(for_postgres, M - 1), kind(kind_of_statement(sqlite)) {}

  static Sql interned(const std::string& text);  // keeps a copy of each distinct text for ever

  std::string_view sqlite;
  std::string_view postgres;
  StatementKind kind;

 private:
  explicit constexpr Sql(std::string_view both)
      : sqlite(both), postgres(both), kind(kind_of_statement(both)) {}
};

// Binary data.
struct Blob {
  std::string_view bytes;
};

// A parameter. Text and blobs must live until the statement has run or is queued.
using SqlValue = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

inline SqlValue sql_value(std::nullptr_t) { return nullptr; }
inline SqlValue sql_value(Blob value) { return value; }
inline SqlValue sql_value(double value) { return value; }
inline SqlValue sql_value(Time value) { return value.us; }
inline SqlValue sql_value(Duration value) { return value.us; }
inline SqlValue sql_value(const std::string& value) { return std::string_view(value); }
inline SqlValue sql_value(std::string_view value) { return value; }
inline SqlValue sql_value(const char* value) { return std::string_view(value); }
template <Prefix P>
SqlValue sql_value(const Id<P>& id) {
  return std::string_view(id.text());
}
template <class T>
  requires std::is_integral_v<T>
SqlValue sql_value(T value) {
  return static_cast<std::int64_t>(value);
}
// Enumerations are stored as their numbers, which the .proto fixes.
template <class T>
  requires std::is_enum_v<T>
SqlValue sql_value(T value) {
  return static_cast<std::int64_t>(value);
}
template <class T>
SqlValue sql_value(const std::optional<T>& value) {
  return value ? sql_value(*value) : SqlValue(nullptr);
}

// Throws Error invalid for a text that is not UTF-8 or contains NUL: PostgreSQL cannot store it, so no engine
// does. Engines call it for every text parameter. Use Blob for arbitrary bytes.
void check_sql_text(std::string_view text);

// A value of a result; it owns its bytes.
using SqlCell = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

// One row of a result. Columns count from 0. `get` throws Error internal for a wrong type, and for null
// unless T is an optional: that is a mistake in a store.
class Row {
 public:
  Row(const SqlCell* cells, std::size_t count) : cells_(cells), count_(count) {}

  template <class T>
  T get(std::size_t column) const {
    if constexpr (is_optional<T>::value) {
      if (is_null(column)) return std::nullopt;
      return get<typename T::value_type>(column);
    } else if constexpr (std::is_same_v<T, bool>) {
      return integer(column) != 0;
    } else if constexpr (std::is_same_v<T, double>) {
      return real(column);
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      return static_cast<T>(integer(column));
    } else if constexpr (std::is_same_v<T, Time> || std::is_same_v<T, Duration>) {
      return T{integer(column)};
    } else {
      return T(text(column));  // std::string and all ids
    }
  }
  bool is_null(std::size_t column) const;
  std::size_t size() const { return count_; }

 private:
  std::int64_t integer(std::size_t column) const;
  double real(std::size_t column) const;
  const std::string& text(std::size_t column) const;

  const SqlCell* cells_;
  std::size_t count_;
};

// All rows of a result, in memory. Every query that can grow has a LIMIT.
class Rows {
 public:
  Rows() = default;
  Rows(std::vector<SqlCell> cells, std::size_t columns) : cells_(std::move(cells)), columns_(columns) {}

  std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  bool empty() const { return size() == 0; }
  Row operator[](std::size_t row) const { return {cells_.data() + row * columns_, columns_}; }
  Row front() const { return (*this)[0]; }

  class Iterator {
   public:
    Iterator(const Rows* rows, std::size_t at) : rows_(rows), at_(at) {}
    Row operator*() const { return (*rows_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const Rows* rows_;
    std::size_t at_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  std::vector<SqlCell> cells_;
  std::size_t columns_ = 0;
};

}  // namespace bramble
