// Actions of staff on an order. Each is decided on the order as it is when it is written, stored with its
// author and reason in the same transaction, and finished by a job if it was interrupted.
#pragma once

#include "services/orders/saga/order_saga.h"
#include "services/orders/store/action_store.h"

namespace bramble::orders {

class StaffActions {
 public:
  StaffActions(const OrdersEnvironment& environment, OrderSaga& saga) : env_(environment), saga_(saga) {}

  Task<StaffActionReply> act(Call call, StaffActionRequest request);
  Task<Empty> end_action(Call call, EndActionRequest request);
  // The job.
  Task<void> finish(Call call, FinishStaffActions job);

 private:
  struct StartedAction {
    StaffActionReply reply;
    bool is_answer = false;  // nothing has to be done before the reply is sent
  };

  StartedAction start(Tx& tx, const Call& call, const StaffActionRequest& request);
  std::optional<StartedAction> find_known(Tx& tx, const Call& call, const StaffActionRequest& request) const;
  std::optional<StaffActionReply> refusal_of(Tx& tx, const OrderRow& order,
                                             const StaffActionRequest& request) const;
  Task<StaffActionState> keep_answer(Call call, OrderId order, std::string action_id);
  Task<StaffActionState> run(Call call, OrderId order, StaffAction action);
  Task<StaffActionState> run_cancel(Call call, OrderId order);
  Task<StaffActionState> run_refund(Call call, OrderId order, StaffAction action);
  Task<StaffActionState> run_release(Call call, OrderId order);
  Task<StaffActionState> run_ask_bank(Call call, OrderId order);
  StaffActionState end_in(Tx& tx, const OrderId& order, const std::string& id, StaffActionState state);

  const OrdersEnvironment& env_;
  OrderSaga& saga_;
  OrderStore store_;
  ActionStore actions_;
};

}  // namespace bramble::orders
