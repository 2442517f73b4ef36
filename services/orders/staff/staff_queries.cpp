#include "services/orders/staff/staff_queries.h"

#include <algorithm>

#include "base/error.h"
#include "services/orders/order_access.h"

namespace bramble::orders {
namespace {

// The end of an order's id, long enough to tell a few hundred orders apart.
bool is_order_number(std::string_view text) {
  auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  return text.size() >= 4 && text.size() <= 26 && std::all_of(text.begin(), text.end(), fits);
}

}  // namespace

Task<OrderDetails> StaffQueries::get_order_details(Call call, GetRequest request) {
  check_may_search(call);
  co_return co_await env_.database.read(call, request.order_id.text(), [&](Tx& tx) {
    auto order = store_.find(tx, request.order_id);
    if (!order) throw_order_not_found();
    auto details = search_.details(tx, store_, *order);
    details.version += actions_.changes_of(tx, request.order_id);
    details.actions = actions_.of_order(tx, request.order_id);
    return details;
  });
}

Task<SearchReply> StaffQueries::search(Call call, SearchRequest request) {
  check_may_search(call);
  if (request.number && !is_order_number(*request.number))
    throw_invalid("number", "malformed", "4 to 26 letters and digits");
  co_return co_await env_.database.read(call, "", [&](Tx& tx) { return search_.search(tx, request); });
}

Task<SearchReply> StaffQueries::list_unfinished(Call call, ListUnfinishedRequest request) {
  check_may_search(call);
  co_return co_await env_.database.read(call, "", [&](Tx& tx) { return search_.unfinished(tx, request); });
}

}  // namespace bramble::orders
