// The table of idempotency keys: the first answer to each key, and which request is working on it.
#pragma once

#include <optional>
#include <string>

#include "ports/database.h"
#include "services/orders/orders.api.h"

namespace bramble::orders {

inline constexpr std::string_view pay_route = "orders.pay";
inline constexpr std::string_view create_route = "orders.create";
inline constexpr std::string_view cancel_route = "orders.cancel";

// Which process creates an order, and until when it counts as alive without a renewal.
struct Lease {
  OrderId order_id;
  std::string holder;
  Time until;
};

struct StoredAnswer {
  std::string digest;
  std::optional<std::string> reply;  // encoded; absent while the first request is running
  Lease lease;                       // of that request
};

class AnswerStore {
 public:
  // Takes the key and returns nothing, or returns what is stored for it.
  std::optional<StoredAnswer> take_key(Tx& tx, std::string_view principal, std::string_view route,
                                       const std::string& key, const std::string& digest,
                                       const std::optional<Lease>& lease = std::nullopt) const;
  std::optional<StoredAnswer> find(Tx& tx, std::string_view principal, std::string_view route,
                                   const std::string& key) const;
  // Only for the request that owns the key: it replaces what is stored.
  void keep(Tx& tx, std::string_view principal, std::string_view route, const std::string& key,
            const std::string& reply) const;
  // For routes whose repeats may run at the same time: keeps the answer and returns nothing, or returns the
  // answer that another request with the key gave first.
  std::optional<std::string> keep_first(Tx& tx, std::string_view principal, std::string_view route,
                                        const std::string& key, const std::string& reply) const;
  void renew_lease(Tx& tx, std::string_view principal, std::string_view route, const std::string& key,
                   const Lease& lease) const;
  void drop_key(Tx& tx, std::string_view principal, std::string_view route, const std::string& key) const;
  void drop_old_keys(Tx& tx, Time before, std::int64_t limit) const;
};

}  // namespace bramble::orders
