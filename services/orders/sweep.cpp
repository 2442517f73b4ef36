// The sweeper: wakes orders that nothing else would, page after page of them, each the more seldom the more
// often that has not helped.
#include "services/orders/orders_service.h"

namespace bramble::orders {
namespace {

constexpr std::int64_t sweep_batch = 100;
constexpr std::int64_t key_batch = 1'000;
constexpr Duration patience = minutes(1);
constexpr int most_doublings = 6;  // then it is woken about once an hour

}  // namespace

// An order with open ends has a job as a rule: it is woken only when it is still there after a while.
bool OrdersService::is_to_be_woken(const OpenOrder& found) {
  bool is_mine = found.status == OrderStatus::new_ && making_.contains(found.order_id);
  if (is_mine) return false;
  auto now = clock_.now();
  const auto* known = woken_.find(found.order_id);
  auto woken = known != nullptr ? *known : Woken{found.has_open_ends ? now + patience : now, 0};
  bool is_due = woken.next <= now;
  if (is_due) {
    woken.next = now + Duration{patience.us << std::min(woken.times, most_doublings)};
    ++woken.times;
  }
  woken_.put(found.order_id, woken);
  return is_due;
}

Task<void> OrdersService::sweep(Call call) {
  auto now = clock_.now();
  auto made_before = settings_.alone ? now : now - settings_.lease;
  auto page = co_await database_.read(call, "", [&](Tx& tx) {
    return store_.open(tx, made_before, now - patience, swept_to_, sweep_batch);
  });
  swept_to_ = std::ssize(page) < sweep_batch ? OrderId() : page.back().order_id;
  std::erase_if(page, [&](const OpenOrder& found) { return !is_to_be_woken(found); });
  if (!page.empty()) {
    co_await database_.transact(call, page.front().order_id.text(), [&](Tx& tx) {
      for (const auto& found : page) tx.schedule(AdvanceOrder{found.order_id}, tx.now());
    });
  }
  co_await database_.transact(call, "",
                              [&](Tx& tx) { store_.drop_old_keys(tx, now - hours(24), key_batch); });
}

}  // namespace bramble::orders
