#include "services/orders/store/order_search.h"

#include <algorithm>

namespace bramble::orders {
namespace {

constexpr std::int64_t most_found = 100;
constexpr std::int64_t orders_a_look = 20'000;
constexpr std::int64_t numbers_a_look = 300'000;
constexpr std::int64_t unfinished_a_look = 1'000;
constexpr Time end_of_time = {253'402'300'799'000'000};  // the year 9999

#define FOUND_COLUMNS                                                          \
  "order_id, user_id, status, total_minor, currency, created_at,"              \
  " COALESCE((SELECT at FROM history WHERE history.order_id = recent.order_id" \
  " AND history.version = recent.version), created_at),"                       \
  " (SELECT COUNT(*) FROM item WHERE item.order_id = recent.order_id), cancel_requested, cleanup, was_paid"

#define FITS                                                            \
  " ($3 < 0 OR status = $3) AND ($4 = '' OR EXISTS (SELECT 1 FROM item" \
  " WHERE item.order_id = recent.order_id AND item.sku_id = $4))"

FoundOrder found_of(const Row& row) {
  FoundOrder found;
  found.order_id = row.get<OrderId>(0);
  found.user_id = row.get<UserId>(1);
  found.status = row.get<OrderStatus>(2);
  found.total = Money{row.get<std::int64_t>(3), row.get<std::string>(4)};
  found.created_at = row.get<Time>(5);
  found.changed_at = row.get<Time>(6);
  found.item_count = row.get<std::int64_t>(7);
  found.cancel_requested = row.get<bool>(8);
  found.cleanup = row.get<bool>(9);
  found.was_paid = row.get<bool>(10);
  return found;
}

// Ids sort by their time of creation, so a time is a place among them.
std::string place_of(Time time) {
  return make_id_text(OrderId::prefix, std::clamp(time, Time{0}, end_of_time), 0, {});
}

// The last order that the search read. Nothing: it read all of them.
std::optional<OrderId> end_of_look(Tx& tx, const std::string& first, const std::string& last) {
  auto rows = tx.query("SELECT order_id FROM purchase WHERE order_id >= $1 AND order_id < $2"
                       " ORDER BY order_id DESC LIMIT 1 OFFSET $3",
                       first, last, orders_a_look - 1);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<OrderId>(0);
}

}  // namespace

// Searches by number are rare: an index for them would cost every order a write.
SearchReply OrderSearch::by_number(Tx& tx, const SearchRequest& request) const {
  auto number = *request.number;
  for (auto& c : number) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  auto last = request.before ? request.before->text() : place_of(end_of_time);
  auto rows = tx.query("SELECT order_id FROM (SELECT order_id FROM purchase WHERE order_id < $1"
                       " ORDER BY order_id DESC LIMIT $2) AS recent"
                       " WHERE order_id LIKE $3 LIMIT $4",
                       last, numbers_a_look, "%" + number, most_found);
  SearchReply reply;
  for (auto row : rows) {
    auto found =
        tx.query("SELECT " FOUND_COLUMNS " FROM purchase AS recent WHERE order_id = $1 AND status > 0",
                 row.get<OrderId>(0));
    if (!found.empty()) reply.items.push_back(found_of(found.front()));
  }
  auto further =
      tx.query("SELECT order_id FROM purchase WHERE order_id < $1 ORDER BY order_id DESC LIMIT 1 OFFSET $2",
               last, numbers_a_look - 1);
  if (!further.empty()) reply.next = further.front().get<OrderId>(0);
  return reply;
}

SearchReply OrderSearch::search(Tx& tx, const SearchRequest& request) const {
  if (request.number) return by_number(tx, request);
  auto limit = std::clamp<std::int64_t>(request.limit, 1, most_found);
  auto first = place_of(request.since.value_or(Time{0}));
  auto last = place_of(request.until.value_or(end_of_time));
  if (request.before) last = std::min(last, request.before->text());
  auto status = request.status ? static_cast<std::int64_t>(*request.status) : -1;
  auto sku = request.sku_id.value_or(SkuId());
  auto rows =
      request.user_id
          ? tx.query("SELECT " FOUND_COLUMNS " FROM (SELECT * FROM purchase WHERE user_id = $6) AS recent"
                     " WHERE order_id >= $1 AND order_id < $2 AND" FITS " ORDER BY order_id DESC LIMIT $5",
                     first, last, status, sku, limit + 1, *request.user_id)
          : tx.query("SELECT " FOUND_COLUMNS
                     " FROM (SELECT * FROM purchase WHERE order_id >= $1 AND order_id < $2"
                     " ORDER BY order_id DESC LIMIT $6) AS recent WHERE" FITS
                     " ORDER BY order_id DESC LIMIT $5",
                     first, last, status, sku, limit + 1, orders_a_look);
  SearchReply reply;
  for (auto row : rows) reply.items.push_back(found_of(row));
  if (std::ssize(reply.items) > limit) {
    reply.items.pop_back();
    reply.next = reply.items.back().order_id;
  } else if (!request.user_id) {
    reply.next = end_of_look(tx, first, last);
  }
  return reply;
}

SearchReply OrderSearch::unfinished(Tx& tx, const ListUnfinishedRequest& request) const {
  auto limit = std::clamp<std::int64_t>(request.limit, 1, most_found);
  auto rows = tx.query("SELECT " FOUND_COLUMNS " FROM purchase AS recent WHERE"
                       " (status <= 3 OR cleanup = 1 OR (status = 8 AND was_paid = 1))"
                       " AND order_id > $1 AND order_id < $2 ORDER BY order_id LIMIT $3",
                       request.after.value_or(OrderId()), place_of(request.changed_before + milliseconds(1)),
                       unfinished_a_look);
  SearchReply reply;
  std::int64_t read = 0;
  for (auto row : rows) {
    ++read;
    auto found = found_of(row);
    bool last_one = read == unfinished_a_look;
    if (last_one) reply.next = found.order_id;
    if (found.changed_at > request.changed_before) continue;
    reply.items.push_back(std::move(found));
    if (std::ssize(reply.items) < limit) continue;
    if (read < std::ssize(rows) || last_one) reply.next = reply.items.back().order_id;
    break;
  }
  return reply;
}

OrderDetails OrderSearch::details(Tx& tx, const OrderStore& store, const OrderRow& order) const {
  OrderDetails details;
  auto rows =
      tx.query("SELECT " FOUND_COLUMNS " FROM purchase AS recent WHERE order_id = $1", order.order_id);
  details.order = found_of(rows.front());
  for (auto& item : store.items(tx, order)) {
    details.units.push_back({item.item_id, item.sku_id, item.product_id, item.seller_id,
                             std::move(item.title), std::move(item.options),
                             Money{item.price_minor, order.total.currency}, item.price_version, item.site_id,
                             item.status});
  }
  for (auto row :
       tx.query("SELECT version, status, at FROM history WHERE order_id = $1 ORDER BY version LIMIT 100",
                order.order_id)) {
    details.history.push_back({row.get<std::int64_t>(0), row.get<OrderStatus>(1), row.get<Time>(2)});
  }
  details.version = order.version;
  details.expires_at = order.expires_at;
  details.delivery = order.delivery;
  details.idempotency_key = order.idempotency_key;
  details.trace_id = order.trace_id;
  return details;
}

}  // namespace bramble::orders
