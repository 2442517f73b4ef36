#include "sandbox/sbp_picture.h"

#include <array>
#include <cstdint>

namespace bramble::sandbox {
namespace {

constexpr int side = 29;
constexpr int eye = 7;

// Any bits that look random are good enough (FNV-1a, then splitmix64).
bool is_dark(std::string_view seed, int row, int column) {
  std::uint64_t sum = 14'695'981'039'346'656'037U;
  for (char c : seed) sum = (sum ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  sum += static_cast<std::uint64_t>(row * side + column + 1) * 0x9E37'79B9'7F4A'7C15U;
  sum = (sum ^ sum >> 30) * 0xBF58'476D'1CE4'E5B9U;
  sum = (sum ^ sum >> 27) * 0x94D0'49BB'1331'11EBU;
  return ((sum ^ sum >> 31) & 1U) != 0;
}

// The three squares in the corners with their white borders.
bool is_of_an_eye(int row, int column) {
  constexpr int far = side - eye - 1;
  return (row <= eye && (column <= eye || column >= far)) || (row >= far && column <= eye);
}

void add_eye(std::string& path, int x, int y) {
  auto at = [](int value) { return std::to_string(value); };
  path += "M" + at(x) + " " + at(y) + "h7v7h-7zm1 1v5h5v-5zm1 1h3v3h-3z";
}

}  // namespace

std::string sbp_picture(std::string_view bank_payment_id) {
  std::string path;
  path.reserve(4096);
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      if (is_of_an_eye(row, column) || !is_dark(bank_payment_id, row, column)) continue;
      path += "M" + std::to_string(column) + " " + std::to_string(row) + "h1v1h-1z";
    }
  }
  for (auto [x, y] : std::array<std::array<int, 2>, 3>{{{0, 0}, {side - eye, 0}, {0, side - eye}}})
    add_eye(path, x, y);
  return "<svg class=\"code-picture\" viewBox=\"0 0 29 29\" aria-hidden=\"true\" "
         "shape-rendering=\"crispEdges\">"
         "<path fill=\"#10243a\" fill-rule=\"evenodd\" d=\"" +
         path + "\"/></svg>";
}

}  // namespace bramble::sandbox
