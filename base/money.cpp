#include "base/money.h"

#include "base/error.h"

namespace bramble {
namespace {

[[noreturn]] void overflow() {
  throw Error(ErrorCode::internal, "money_overflow", "an amount is out of range");
}

void same_currency(const Money& left, const Money& right) {
  if (left.currency != right.currency) {
    throw Error(ErrorCode::internal, "currency_mismatch",
                "amounts of " + left.currency + " and " + right.currency);
  }
}

}  // namespace

Money operator+(const Money& left, const Money& right) {
  same_currency(left, right);
  Money sum{0, left.currency};
  if (__builtin_add_overflow(left.amount_minor, right.amount_minor, &sum.amount_minor)) overflow();
  return sum;
}

Money operator-(const Money& left, const Money& right) {
  same_currency(left, right);
  Money difference{0, left.currency};
  if (__builtin_sub_overflow(left.amount_minor, right.amount_minor, &difference.amount_minor)) overflow();
  return difference;
}

Money operator*(const Money& price, std::int64_t count) {
  Money product{0, price.currency};
  if (__builtin_mul_overflow(price.amount_minor, count, &product.amount_minor)) overflow();
  return product;
}

}  // namespace bramble
