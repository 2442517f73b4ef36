#include "services/orders/saga/sweeper.h"

namespace bramble::orders {
namespace {

constexpr std::int64_t orders_a_page = 200;
constexpr int most_pages = 50;
constexpr std::int64_t key_batch = 1'000;
constexpr int most_doublings = 6;  // an order that stays stuck is woken about once an hour

}  // namespace

// Each look moves the time of the next one, so a stuck order does not keep the sweeper from others.
Task<void> Sweeper::sweep(Call call) {
  for (int page = 0; page < most_pages; ++page) {
    auto due = co_await env_.database.read(call, "", [&](Tx& tx) {
      return store_.due(tx, env_.clock.now(), orders_a_page);
    });
    if (due.empty()) co_return;
    std::vector<Look> looks;
    for (const auto& order : due) looks.push_back(look_at(order));
    co_await env_.database.transact(call, "", [&](Tx& tx) {
      for (std::size_t i = 0; i < due.size(); ++i) {
        bool is_due = store_.look_again(tx, due[i], looks[i].next);
        if (is_due && looks[i].wakes) tx.schedule(AdvanceOrder{due[i].order_id}, tx.now());
      }
    });
    if (std::ssize(due) < orders_a_page) co_return;
  }
}

Sweeper::Look Sweeper::look_at(const DueOrder& due) {
  bool is_own = due.status == OrderStatus::new_ && creations_.is_own(due.order_id);
  if (is_own) return {env_.clock.now() + env_.settings.lease, false};
  const auto* known = wakings_.find(due.order_id);
  int wakings = known != nullptr ? *known : 0;
  wakings_.put(due.order_id, wakings + 1);
  return {env_.clock.now() + Duration{look_again_after.us << std::min(wakings, most_doublings)}, true};
}

Task<void> Sweeper::drop_old_keys(Call call) {
  co_await env_.database.transact(call, "", [&](Tx& tx) {
    answers_.drop_old_keys(tx, env_.clock.now() - hours(24), key_batch);
  });
}

}  // namespace bramble::orders
