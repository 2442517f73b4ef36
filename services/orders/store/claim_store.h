// What a buyer has claimed: the cart of the last order, and the unpaid orders.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ports/database.h"
#include "services/orders/orders.api.h"

namespace bramble::orders {

struct CartClaim {
  OrderId order_id;
  std::string version;             // of the cart
  std::vector<std::string> lines;  // as CartOrdered names them
  Time claimed_at;
};

class ClaimStore {
 public:
  std::optional<CartClaim> cart_claim(Tx& tx, const UserId& user) const;
  void put_cart_claim(Tx& tx, const UserId& user, const CartClaim& claim) const;
  // The unpaid orders of a buyer, with the number of their units.
  std::vector<std::pair<OrderId, std::int64_t>> unpaid(Tx& tx, const UserId& user) const;
  // How many orders of the buyer have ended unpaid since then, at most 100.
  std::int64_t lapsed(Tx& tx, const UserId& user, Time since) const;
};

}  // namespace bramble::orders
