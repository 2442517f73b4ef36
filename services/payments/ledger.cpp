#include "services/payments/ledger.h"

#include "base/error.h"

namespace bramble::payments {
namespace {

std::string owner_account(const OrderId& order, bool late) {
  return late ? std::string(late_account) : buyer_account(order);
}

}  // namespace

std::string psp_account(std::string_view provider) { return "psp:" + std::string(provider); }

std::string buyer_account(const OrderId& order) { return "buyer:" + order.text(); }

std::vector<Posting> capture_postings(std::string_view provider, const OrderId& order,
                                      std::int64_t captured_minor, std::int64_t expected_minor, bool late) {
  std::vector<Posting> postings{{psp_account(provider), captured_minor},
                                {owner_account(order, late), -expected_minor}};
  if (captured_minor != expected_minor) {
    postings.push_back({std::string(recon_account), expected_minor - captured_minor});
  }
  return postings;
}

std::vector<Posting> accept_late_postings(const OrderId& order, std::int64_t amount_minor) {
  return {{std::string(late_account), amount_minor}, {buyer_account(order), -amount_minor}};
}

std::vector<Posting> refund_postings(std::string_view provider, const OrderId& order,
                                     std::int64_t amount_minor, bool late) {
  return {{owner_account(order, late), amount_minor}, {psp_account(provider), -amount_minor}};
}

void check_balanced(const std::vector<Posting>& postings) {
  std::int64_t sum = 0;
  bool has_zero = false;
  for (const auto& posting : postings) {
    sum += posting.amount_minor;
    has_zero = has_zero || posting.amount_minor == 0;
  }
  if (sum != 0 || has_zero || postings.size() < 2) {
    throw Error(ErrorCode::internal, "unbalanced_entry", "a ledger entry does not balance");
  }
}

}  // namespace bramble::payments
