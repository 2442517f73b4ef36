#include "engines/postgres/pg_values.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "base/error.h"

namespace bramble::postgres {
namespace {

// From the server's catalogue, pg_type.
enum Type : Oid {
  bool_type = 16,
  bytea_type = 17,
  char_type = 18,
  name_type = 19,
  int8_type = 20,
  int2_type = 21,
  int4_type = 23,
  text_type = 25,
  oid_type = 26,
  float4_type = 700,
  float8_type = 701,
  unknown_type = 705,
  bpchar_type = 1042,
  varchar_type = 1043,
  numeric_type = 1700,
  void_type = 2278,
};

std::array<char, 8> big_endian(std::uint64_t number) {
  std::array<char, 8> bytes;
  for (int i = 0; i < 8; ++i) bytes[static_cast<std::size_t>(i)] = static_cast<char>(number >> (56 - 8 * i));
  return bytes;
}

std::uint64_t read_unsigned(const char* bytes, int size) {
  std::uint64_t number = 0;
  for (int i = 0; i < size; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

std::int64_t read_signed(const char* bytes, int size) {
  return static_cast<std::int64_t>(read_unsigned(bytes, size) << (64 - 8 * size)) >> (64 - 8 * size);
}

// A numeric is digits to the base 10,000: their count, the first one's weight, the sign, and the scale for
// display.
SqlCell read_numeric(const char* bytes) {
  constexpr std::uint64_t negative = 0x4000;
  auto count = static_cast<int>(read_unsigned(bytes, 2));
  auto weight = static_cast<int>(read_signed(bytes + 2, 2));
  std::uint64_t sign = read_unsigned(bytes + 4, 2);
  std::uint64_t scale = read_unsigned(bytes + 6, 2);
  if (sign != 0 && sign != negative) return std::nan("");
  auto digit = [&](int i) { return i < count ? read_unsigned(bytes + 8 + 2 * i, 2) : 0; };
  if (scale != 0 || weight > 4) {
    double value = 0;
    for (int i = 0; i < count; ++i) value += static_cast<double>(digit(i)) * std::pow(10'000.0, weight - i);
    return sign == negative ? -value : value;
  }
  __int128 value = 0;
  for (int i = 0; i <= weight; ++i) value = value * 10'000 + static_cast<std::int64_t>(digit(i));
  if (sign == negative) value = -value;
  if (value < INT64_MIN || value > INT64_MAX) return static_cast<double>(value);
  return static_cast<std::int64_t>(value);
}

SqlCell read_cell(Oid type, const char* bytes, int size) {
  switch (type) {
    case int8_type:
    case int4_type:
    case int2_type: return read_signed(bytes, size);
    case bool_type:
    case oid_type: return static_cast<std::int64_t>(read_unsigned(bytes, size));
    case float8_type: return std::bit_cast<double>(read_unsigned(bytes, 8));
    case float4_type:
      return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(read_unsigned(bytes, 4))));
    case numeric_type: return read_numeric(bytes);
    case void_type: return nullptr;
    case text_type:
    case varchar_type:
    case bpchar_type:
    case char_type:
    case name_type:
    case unknown_type:
    case bytea_type: return std::string(bytes, static_cast<std::size_t>(size));
    default:
      throw Error(ErrorCode::internal, "wrong_column",
                  "no store reads columns of type " + std::to_string(type));
  }
}

}  // namespace

void Parameters::add(char kind, Oid type, const char* bytes, std::size_t size) {
  if (size > INT32_MAX) throw Error(ErrorCode::invalid, "too_long", "a value of a statement is too long");
  kinds_ += kind;
  types_.push_back(type);
  values_.push_back(bytes);
  lengths_.push_back(static_cast<int>(size));
  formats_.push_back(1);
}

void Parameters::set(std::span<const SqlValue> values) {
  kinds_.clear();
  types_.clear();
  values_.clear();
  lengths_.clear();
  formats_.clear();
  numbers_.clear();
  numbers_.reserve(values.size());  // they are pointed at, so they must stay where they are
  auto add_number = [&](char kind, Oid type, std::uint64_t number) {
    numbers_.push_back(big_endian(number));
    add(kind, type, numbers_.back().data(), 8);
  };
  for (const SqlValue& value : values) {
    if (auto* number = std::get_if<std::int64_t>(&value)) {
      add_number('i', int8_type, static_cast<std::uint64_t>(*number));
    } else if (auto* real = std::get_if<double>(&value)) {
      add_number('f', float8_type, std::bit_cast<std::uint64_t>(*real));
    } else if (auto* text = std::get_if<std::string_view>(&value)) {
      check_sql_text(*text);
      add('t', text_type, text->empty() ? "" : text->data(), text->size());
    } else if (auto* blob = std::get_if<Blob>(&value)) {
      add('b', bytea_type, blob->bytes.empty() ? "" : blob->bytes.data(), blob->bytes.size());
    } else {
      add('n', 0, nullptr, 0);
    }
  }
}

Rows read_rows(const PGresult* result) {
  int columns = PQnfields(result);
  int rows = PQntuples(result);
  std::vector<SqlCell> cells;
  cells.reserve(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      if (PQgetisnull(result, row, column)) {
        cells.emplace_back(nullptr);
      } else {
        cells.push_back(read_cell(PQftype(result, column), PQgetvalue(result, row, column),
                                  PQgetlength(result, row, column)));
      }
    }
  }
  return {std::move(cells), static_cast<std::size_t>(columns)};
}

}  // namespace bramble::postgres
