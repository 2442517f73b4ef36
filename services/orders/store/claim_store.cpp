#include "services/orders/store/claim_store.h"

namespace bramble::orders {
namespace {

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    auto end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return lines;
}

}  // namespace

std::optional<CartClaim> ClaimStore::cart_claim(Tx& tx, const UserId& user) const {
  auto rows =
      tx.query("SELECT order_id, version, lines, claimed_at FROM cart_claim WHERE user_id = $1", user);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  return CartClaim{row.get<OrderId>(0), row.get<std::string>(1), split(row.get<std::string>(2)),
                   row.get<Time>(3)};
}

void ClaimStore::put_cart_claim(Tx& tx, const UserId& user, const CartClaim& claim) const {
  tx.send("INSERT INTO cart_claim (user_id, order_id, version, lines, claimed_at) VALUES ($1, $2, $3, $4, $5)"
          " ON CONFLICT (user_id) DO UPDATE SET order_id = excluded.order_id, version = excluded.version,"
          " lines = excluded.lines, claimed_at = excluded.claimed_at",
          user, claim.order_id, claim.version, joined(claim.lines), claim.claimed_at);
}

std::vector<std::pair<OrderId, std::int64_t>> ClaimStore::unpaid(Tx& tx, const UserId& user) const {
  std::vector<std::pair<OrderId, std::int64_t>> found;
  auto rows = tx.query("SELECT order_id, (SELECT COUNT(*) FROM item WHERE item.order_id = purchase.order_id)"
                       " FROM purchase WHERE user_id = $1 AND status <= 1 ORDER BY expires_at",
                       user);
  for (auto row : rows) found.emplace_back(row.get<OrderId>(0), row.get<std::int64_t>(1));
  return found;
}

std::int64_t ClaimStore::lapsed(Tx& tx, const UserId& user, Time since) const {
  // An order of version 1 waits. One that never came that far was cancelled by the platform.
  return tx
      .query("SELECT COUNT(*) FROM (SELECT 1 FROM purchase WHERE user_id = $1 AND created_at > $2"
             " AND (status = 9 OR (status = 8 AND was_paid = 0 AND version > 1)) LIMIT 100) AS counted",
             user, since)
      .front()
      .get<std::int64_t>(0);
}

}  // namespace bramble::orders
