// An order that is not stored yet: its row, its items and its lines at the prices of this moment.
#pragma once

#include "services/orders/orders_environment.h"
#include "services/orders/store/order_store.h"

namespace bramble::orders {

struct NewOrder {
  OrderRow row;
  std::vector<Item> items;
  std::vector<inventory::Line> lines;
  std::optional<PickupPlace> place;
  CreateReply refusal;  // the order cannot be created unless its outcome is `created`
};

class NewOrders {
 public:
  explicit NewOrders(const OrdersEnvironment& environment) : env_(environment) {}

  // Asks catalog for the goods and pickup for the point.
  Task<NewOrder> build(Call call, CreateRequest request);

 private:
  OrderRow row_of(const Call& call, const CreateRequest& request);
  void add_wanted(NewOrder& order, const WantedItem& wanted, const catalog::SkuInfo& info);

  const OrdersEnvironment& env_;
};

// Throws Error invalid.
void check(const CreateRequest& request);

}  // namespace bramble::orders
