#include "ports/sql.h"

#include <array>
#include <unordered_set>

#include "base/error.h"
#include "base/mutex.h"
#include "base/text.h"

namespace bramble {
namespace {

[[noreturn]] void wrong_kind(std::size_t column) {
  throw Error(ErrorCode::internal, "wrong_column",
              "column " + std::to_string(column) + " is not what the store reads");
}

}  // namespace

std::string_view to_string(StatementKind kind) {
  constexpr std::array<std::string_view, statement_kinds> words = {"select", "insert", "update", "delete",
                                                                   "other"};
  return words.at(static_cast<std::size_t>(kind));
}

Sql Sql::interned(const std::string& text) {
  static Mutex mutex;
  static std::unordered_set<std::string> texts;
  MutexLock lock(mutex);
  return Sql(std::string_view(*texts.insert(text).first));
}

void check_sql_text(std::string_view text) {
  bool plain = true;
  for (char c : text) plain &= c > 0;
  if (plain) return;
  if (text.find('\0') != std::string_view::npos || !is_utf8(text)) {
    throw Error(ErrorCode::invalid, "bad_text", "a text has to be UTF-8 without NUL");
  }
}

bool Row::is_null(std::size_t column) const {
  if (column >= count_) wrong_kind(column);
  return std::holds_alternative<std::nullptr_t>(cells_[column]);
}

std::int64_t Row::integer(std::size_t column) const {
  if (column < count_) {
    if (auto* value = std::get_if<std::int64_t>(&cells_[column])) return *value;
  }
  wrong_kind(column);
}

double Row::real(std::size_t column) const {
  if (column < count_) {
    if (auto* value = std::get_if<double>(&cells_[column])) return *value;
    if (auto* value = std::get_if<std::int64_t>(&cells_[column])) return static_cast<double>(*value);
  }
  wrong_kind(column);
}

const std::string& Row::text(std::size_t column) const {
  if (column < count_) {
    if (auto* value = std::get_if<std::string>(&cells_[column])) return *value;
  }
  wrong_kind(column);
}

}  // namespace bramble
