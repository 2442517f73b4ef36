// The story of each request about an order, and the saga behind it: create (checkout.cpp) reserves, saves and
// starts the payment, if nothing is in its way (claims.cpp); advance (advance.cpp) drives the order on from
// wherever it stands, after news and after a crash alike, an unpaid one to its end (ending_unpaid.cpp), and
// the sweeper (sweep.cpp) wakes what nothing else does; another way to pay is tried in paying_again.cpp; what
// a warehouse did not find is settled in short_picks.cpp.
#pragma once

#include "base/recent.h"
#include "ports/clock.h"
#include "ports/database.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"
#include "services/orders/action_store.h"
#include "services/orders/order_search.h"
#include "services/orders/order_store.h"
#include "services/orders/short_store.h"
#include "services/payments/payments.api.h"
#include "services/pickup/pickup.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::orders {

struct OrdersSettings {
  Duration hold = minutes(15);
  // The bank's page closes so much earlier than the hold ends.
  Duration session_margin = minutes(1);
  // How long another process is believed to be alive that is making an order and does not say so again.
  Duration lease = seconds(5);
  // No other process works on these stores: whatever one began that ended is over.
  bool alone = false;
  UnpaidLimits unpaid;
  // The hold outlives the order's time to pay by so much: in it the bank is asked about the end.
  Duration hold_grace = minutes(1);
  // After news of a payment, when the job looks whether the order has moved on.
  Duration second_look = milliseconds(500);
};

// The services that orders calls.
struct OrdersPeers {
  catalog::CatalogApi& catalog;
  inventory::InventoryApi& inventory;
  payments::PaymentsApi& payments;
  pickup::PickupApi& pickup;
  warehouse::WarehouseApi& warehouse;
};

class OrdersService : public OrdersApi {
 public:
  OrdersService(Database& database, OrdersPeers peers, const Clock& clock, Random& random,
                OrdersSettings settings)
      : database_(database),
        peers_(peers),
        clock_(clock),
        random_(random),
        settings_(settings),
        holder_(std::to_string(random.entropy().low)) {}

  Task<CreateReply> create(Call call, CreateRequest request) override;
  Task<OrderView> get(Call call, GetRequest request) override;
  Task<OrderDetails> get_order_details(Call call, GetRequest request) override;
  Task<SearchReply> search(Call call, SearchRequest request) override;
  Task<SearchReply> list_unfinished(Call call, ListUnfinishedRequest request) override;
  Task<ListReply> list(Call call, ListRequest request) override;
  Task<CancelReply> cancel(Call call, CancelRequest request) override;
  Task<StartPaymentReply> start_payment(Call call, StartPaymentRequest request) override;
  Task<OrderView> ask_bank(Call call, GetRequest request) override;
  Task<StaffActionReply> act(Call call, StaffActionRequest request) override;
  Task<Empty> end_action(Call call, EndActionRequest request) override;

  // The job that drives an order on.
  Task<void> advance(Call call, AdvanceOrder job);

  // The same at the first news of an authorised payment, before the news is even stored. Nothing rests on it.
  Task<void> advance_authorised_now(Call call, OrderId order);

  // The job that finishes what staff began.
  Task<void> finish_staff_actions(Call call, FinishStaffActions job);

  // The job that decides about units that were not found.
  Task<void> settle_shorts(Call call, SettleShorts job);

  void on_payment_authorised(Tx& tx, const payments::PaymentAuthorised& event);
  void on_payment_captured(Tx& tx, const payments::PaymentCaptured& event);
  void on_payment_declined(Tx& tx, const payments::PaymentDeclined& event);
  void on_payment_refunded(Tx& tx, const payments::PaymentRefunded& event);
  void on_hold_expired(Tx& tx, const inventory::HoldExpired& event);
  void on_assembly_started(Tx& tx, const warehouse::AssemblyStarted& event);
  void on_assembly_complete(Tx& tx, const warehouse::AssemblyComplete& event);
  void on_pick_short(Tx& tx, const warehouse::PickShort& event);

  // Wakes orders that nothing else would: cut off while being created, at the end of their time to pay, or
  // with open ends.
  Task<void> sweep(Call call);
  Task<void> drop_old_keys(Call call);

  // Tells other processes which orders this one is still making.
  Task<void> renew_leases(Call call);

 private:
  struct Draft {
    Purchase purchase;
    std::vector<Item> items;
    std::vector<inventory::Line> lines;
    std::optional<PickupPlace> place;
    CreateReply refusal;  // if its outcome is not `created`, the order cannot be made
  };

  // Says that this process is making the order, as long as it lives.
  class Making {
   public:
    Making(OrdersService& service, OrderId order, const CreateRequest& request)
        : service_(service), order_(std::move(order)) {
      service_.making_[order_] = {request.user_id, request.idempotency_key, service_.clock_.now()};
    }
    ~Making() { service_.making_.erase(order_); }
    Making(const Making&) = delete;

   private:
    OrdersService& service_;
    OrderId order_;
  };

  // Nothing of both: the order is saved and has to be made.
  struct Beginning {
    std::optional<CreateReply> answer;  // what to say, unless what is in the way goes away
    std::optional<Lease> in_the_way;    // whoever makes an order with the same key, or of the same cart
    bool has_key = false;               // in the way because of the key
  };

  struct Made {
    UserId user_id;
    std::string key;
    Time said_at;  // to other processes
  };

  struct StartedAction {
    StaffActionReply reply;
    bool is_answer = false;  // nothing is left to do before it is said
  };

  struct Look {
    Time next;
    bool wakes;
  };

  Task<Draft> draft(Call call, CreateRequest request);
  void add_wanted(Draft& draft, const WantedItem& wanted, const catalog::SkuInfo& info);
  Task<std::optional<CreateReply>> take_its_place(const Call& call, const CreateRequest& request,
                                                  const Draft& draft);
  Beginning begin(Tx& tx, const CreateRequest& request, const Draft& draft);
  std::optional<CreateReply> find_kept(Tx& tx, const CreateRequest& request, const Draft& draft,
                                       Beginning& beginning);
  std::optional<CreateReply> find_claim(Tx& tx, const CreateRequest& request, Beginning& beginning);
  std::optional<CreateReply> find_excess(Tx& tx, const CreateRequest& request, const Draft& draft);
  bool is_alive(const Lease& lease) const;
  Task<bool> is_being_made(Call call, Purchase purchase);
  Task<void> undo(Call call, OrderId order);
  Task<CreateReply> reserve_and_start(Call call, CreateRequest request, Draft draft);
  Task<inventory::ReserveReply> reserve_and_announce(Call call, inventory::ReserveRequest wanted,
                                                     payments::StartRequest start);
  Task<CreateReply> begin_payment(Call call, const CreateRequest& request, const Draft& draft,
                                  payments::StartRequest start);
  CreateReply finish(Tx& tx, const CreateRequest& request, const Draft& draft,
                     const payments::Payment& payment);
  Task<CreateReply> refuse(Call call, CreateRequest request, OrderId order, CreateReply refusal);
  Task<void> abandon(Call call, OrderId order);

  Look look_at(const DueOrder& due);
  Task<Purchase> load(Call call, OrderId order);
  Task<void> advance_unpaid(Call call, Purchase purchase);
  Task<void> payment_failed(Call call, Purchase purchase);
  bool is_over(const Purchase& purchase) const;
  Task<void> advance_authorised(Call call, Purchase purchase);
  Task<void> advance_captured(Call call, Purchase purchase, payments::Payment payment);
  Task<void> advance_paid(Call call, Purchase purchase);
  Task<void> advance_closed(Call call, Purchase purchase);
  Task<void> answer_late_wish(Call call, Purchase seen);
  Task<inventory::HoldReply> hold_again(Call call, Purchase seen);
  Task<bool> take_late_money(Call call, OrderId order);
  Task<void> clean_up(Call call, Purchase seen);
  // Decisions are made outside of the transaction that writes them: `seen` is the order that each rests on.
  // If it has moved on since then, nothing is written and the job decides again.
  std::optional<Purchase> if_still(Tx& tx, const Purchase& seen);
  Task<void> pay(Call call, Purchase seen, std::vector<inventory::Placement> placements);
  Task<void> close(Call call, Purchase seen, OrderStatus status);
  void close_in(Tx& tx, Purchase& purchase, OrderStatus status);
  void refuse_cancel(Tx& tx, Purchase& purchase);
  void move_if(Tx& tx, const OrderId& order, OrderStatus to);

  Task<ShortPick> decide_short(Call call, ShortPick pick);
  ShortPick decide_short_in(Tx& tx, ShortPick pick, const std::vector<inventory::Placement>& placements);
  Task<void> give_back_short(Call call, ShortPick pick);
  void tell(Tx& tx, const Purchase& purchase, const ShortPick& pick, ItemsChange change,
            std::int64_t quantity, Money amount);

  Time payable_until(const Purchase& purchase) const;
  StartPaymentOutcome may_be_paid(const Purchase& purchase) const;
  void show_ways_to_pay(OrderView& view) const;
  std::optional<StartPaymentReply> claim_payment(Tx& tx, const Call& call, const StartPaymentRequest& request,
                                                 Purchase& purchase);
  std::optional<std::string> keep_payment_answer(Tx& tx, const Call& call, const StartPaymentRequest& request,
                                                 const StartPaymentReply& reply, std::int64_t seen_version);
  std::optional<StaffActionReply> judge_action(Tx& tx, const Purchase& purchase,
                                               const StaffActionRequest& request) const;
  StartedAction begin_action(Tx& tx, const Call& call, const StaffActionRequest& request);
  std::optional<StartedAction> known_action(Tx& tx, const Call& call,
                                            const StaffActionRequest& request) const;
  Task<StaffActionState> answer_open(Call call, OrderId order, std::string action_id);
  Task<StaffActionState> run_action(Call call, OrderId order, StaffAction action);
  StaffActionState end_action_in(Tx& tx, const OrderId& order, const std::string& id, StaffActionState state);
  Task<std::optional<payments::Payment>> ask_and_advance(Call call, OrderId order);

  CancelReply decide_cancel(Tx& tx, const Call& call, const CancelRequest& request);

  Database& database_;
  OrdersPeers peers_;
  const Clock& clock_;
  Random& random_;
  OrdersSettings settings_;
  OrderStore store_;
  ShortStore shorts_;
  OrderSearch search_;
  const std::string holder_;  // this process among those that make orders, now and before
  std::map<OrderId, Made> making_;
  Recent<OrderId, int> wakings_;  // how often the sweeper has woken an order
  ActionStore actions_;
  Recent<SkuId, Time> scarce_until_;  // of what was sold out a moment ago
  // What this process has shown to its buyers and nobody wished to cancel, so that the news of its payment
  // need not look. Should it have been closed meanwhile, its hold or Pay says so.
  Recent<OrderId, Purchase> awaiting_;
};

// Throws Error invalid.
void check_method(const payments::Method& method);

inline constexpr std::string_view pay_route = "orders.pay";
inline constexpr std::string_view create_route = "orders.create";
inline constexpr std::string_view cancel_route = "orders.cancel";

}  // namespace bramble::orders
