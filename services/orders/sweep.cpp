// The sweeper: wakes orders that nothing else would, those that have waited longest first, and each the more
// seldom the more often that has not helped.
#include "services/orders/orders_service.h"

namespace bramble::orders {
namespace {

constexpr std::int64_t orders_a_page = 200;
constexpr int most_pages = 50;
constexpr std::int64_t key_batch = 1'000;
constexpr int most_doublings = 6;  // then it is woken about once an hour

}  // namespace

// The time of the next look moves on with every look, so no order keeps the sweeper from others.
Task<void> OrdersService::sweep(Call call) {
  for (int page = 0; page < most_pages; ++page) {
    auto due = co_await database_.read(call, "",
                                       [&](Tx& tx) { return store_.due(tx, clock_.now(), orders_a_page); });
    if (due.empty()) co_return;
    std::vector<Look> looks;
    for (const auto& order : due) looks.push_back(look_at(order));
    co_await database_.transact(call, "", [&](Tx& tx) {
      for (std::size_t i = 0; i < due.size(); ++i) {
        bool is_due = store_.look_again(tx, due[i], looks[i].next);
        if (is_due && looks[i].wakes) tx.schedule(AdvanceOrder{due[i].order_id}, tx.now());
      }
    });
    if (std::ssize(due) < orders_a_page) co_return;
  }
}

OrdersService::Look OrdersService::look_at(const DueOrder& due) {
  bool is_mine = due.status == OrderStatus::new_ && making_.contains(due.order_id);
  if (is_mine) return {clock_.now() + settings_.lease, false};
  const auto* known = wakings_.find(due.order_id);
  int wakings = known != nullptr ? *known : 0;
  wakings_.put(due.order_id, wakings + 1);
  return {clock_.now() + Duration{look_again_after.us << std::min(wakings, most_doublings)}, true};
}

Task<void> OrdersService::drop_old_keys(Call call) {
  co_await database_.transact(call, "",
                              [&](Tx& tx) { store_.drop_old_keys(tx, clock_.now() - hours(24), key_batch); });
}

}  // namespace bramble::orders
