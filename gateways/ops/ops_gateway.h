// The staff's gateway: warehouse terminals, an order's whole story, dead letters, health.
#pragma once

#include "gateways/edge/request_guard.h"
#include "gateways/ops/names.h"
#include "gateways/ops/ops.routes.h"
#include "gateways/ops/order_search.h"
#include "gateways/ops/shown_tasks.h"
#include "gateways/ops/stock_dossier.h"
#include "services/auth/auth.api.h"
#include "services/catalog/catalog.api.h"
#include "services/orders/orders.api.h"
#include "services/payments/payments.api.h"
#include "services/pickup/pickup.api.h"
#include "services/security/security.api.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::ops {

struct Services {
  auth::AuthApi& auth;
  catalog::CatalogApi& catalog;
  inventory::InventoryApi& inventory;
  notifications::NotificationsApi& notifications;
  orders::OrdersApi& orders;
  payments::PaymentsApi& payments;
  pickup::PickupApi& pickup;
  security::SecurityApi& security;
  warehouse::WarehouseApi& warehouse;
};

class OpsGateway : public OpsHttp {
 public:
  OpsGateway(Services services, ModuleHost& host, edge::BrowserSession& session)
      : services_(services), host_(host), session_(session) {}

  Task<auth::Tokens> issue_tokens(edge::HttpCall& http, StaffTokenRequest request) override;
  // Of accounts, in staff_routes.cpp.
  Task<Empty> change_password(edge::HttpCall& http, PasswordChange request) override;
  Task<auth::OwnAccount> own_account(edge::HttpCall& http, Nothing request) override;
  Task<auth::TotpSecret> begin_totp(edge::HttpCall& http, OwnPassword request) override;
  Task<auth::RecoveryCodes> confirm_totp(edge::HttpCall& http, auth::TotpProof request) override;
  Task<auth::PasskeyOffer> begin_passkey(edge::HttpCall& http, OwnPassword request) override;
  Task<auth::RecoveryCodes> add_passkey(edge::HttpCall& http, auth::NewPasskey request) override;
  Task<Empty> drop_factor(edge::HttpCall& http, auth::DropFactorRequest request) override;
  Task<auth::RecoveryCodes> renew_recovery_codes(edge::HttpCall& http, OwnPassword request) override;
  Task<auth::StaffAccount> reset_staff_factors(edge::HttpCall& http, auth::StaffRequest request) override;
  Task<auth::ListStaffReply> list_staff(edge::HttpCall& http, Nothing request) override;
  Task<auth::HandedPassword> add_staff(edge::HttpCall& http, auth::AddStaffRequest request) override;
  Task<auth::StaffAccount> set_staff_roles(edge::HttpCall& http, auth::SetStaffRolesRequest request) override;
  Task<auth::StaffAccount> disable_staff(edge::HttpCall& http, auth::StaffRequest request) override;
  Task<auth::StaffAccount> enable_staff(edge::HttpCall& http, auth::StaffRequest request) override;
  Task<auth::HandedPassword> reset_staff_password(edge::HttpCall& http, auth::StaffRequest request) override;
  // Of browsers, in browser_routes.cpp.
  Task<Empty> open_session(edge::HttpCall& http, SignInRequest request) override;
  Task<Empty> open_session_with_factor(edge::HttpCall& http, SecondFactor request) override;
  Task<auth::PasskeyQuestion> ask_for_passkey(edge::HttpCall& http, Nothing) override;
  Task<Empty> open_session_with_passkey(edge::HttpCall& http, PasskeyEntry request) override;
  Task<Empty> close_session(edge::HttpCall& http, Nothing request) override;
  Task<SessionView> session(edge::HttpCall& http, Nothing request) override;
  Task<Empty> choose_preferences(edge::HttpCall& http, Preferences request) override;
  Task<warehouse::ListSitesReply> sites(edge::HttpCall& http, Nothing request) override;
  Task<StockPage> stock(edge::HttpCall& http, StockQuery request) override;
  Task<GoodsPage> goods(edge::HttpCall& http, GoodsQuery request) override;
  Task<TasksPage> tasks(edge::HttpCall& http, TasksQuery request) override;
  Task<ShownTask> task(edge::HttpCall& http, TaskQuery request) override;
  Task<ShownTask> scan(edge::HttpCall& http, warehouse::ScanRequest request) override;
  Task<ShownTask> report_short(edge::HttpCall& http, warehouse::ShortRequest request) override;
  Task<ShownTask> complete(edge::HttpCall& http, warehouse::CompleteRequest request) override;
  Task<ShownTask> take_task(edge::HttpCall& http, warehouse::TakeTaskRequest request) override;
  Task<ShownTask> release_task(edge::HttpCall& http, TaskQuery request) override;
  Task<warehouse::Receipt> receive(edge::HttpCall& http, warehouse::ReceiveRequest request) override;
  Task<warehouse::Receipt> undo_receipt(edge::HttpCall& http, warehouse::UndoReceiptRequest request) override;
  Task<warehouse::SiteBins> bins(edge::HttpCall& http, warehouse::SiteBinsRequest request) override;
  Task<warehouse::SiteBins> put_bins(edge::HttpCall& http, BinPlans request) override;
  Task<OrderDossier> order(edge::HttpCall& http, OrderQuery request) override;
  // The console's, in console_routes.cpp.
  Task<orders::OrderView> check_payment(edge::HttpCall& http, OrderQuery request) override;
  Task<orders::StaffAction> act_on_order(edge::HttpCall& http, OrderActionRequest request) override;
  Task<FoundPage> find(edge::HttpCall& http, FindQuery request) override;
  Task<CountsPage> counts(edge::HttpCall& http, Nothing request) override;
  Task<OrderPage> search_orders(edge::HttpCall& http, OrderSearchQuery request) override;
  Task<HangingPage> hanging_orders(edge::HttpCall& http, HangingQuery request) override;
  Task<StockDossier> sku_stock(edge::HttpCall& http, StockDossierQuery request) override;
  Task<MovementsPage> movements(edge::HttpCall& http, MovementsQuery request) override;
  Task<payments::ListAttemptsReply> payments(edge::HttpCall& http, PaymentsQuery request) override;
  Task<payments::ListWebhooksReply> webhooks(edge::HttpCall& http, WebhooksQuery request) override;
  Task<payments::SuspenseReply> suspense(edge::HttpCall& http, SuspenseQuery request) override;
  Task<QueuesPage> queues(edge::HttpCall& http, Nothing request) override;
  Task<DeadLetterView> dead_letter(edge::HttpCall& http, DeadLetterQuery request) override;
  Task<DeadLettersPage> dead_letters(edge::HttpCall& http, DeadLettersQuery request) override;
  Task<Empty> replay_dead_letter(edge::HttpCall& http, DeadLetterQuery request) override;
  Task<SecurityPage> security_events(edge::HttpCall& http, SecurityQuery query) override;
  Task<HealthPage> health(edge::HttpCall& http, Nothing request) override;
  Task<HttpResponse> openapi(edge::HttpCall& http) override;

 private:
  Task<auth::StaffSignIn> sign_in(edge::HttpCall& http, std::string login, std::string password,
                                  bool browser);
  Task<auth::StaffSignIn> prove(edge::HttpCall& http, ChallengeId challenge, std::string code,
                                std::optional<auth::PasskeyAnswer> passkey);
  void check_from_here(const edge::HttpCall& http) const;
  Task<void> check_site(Call call, std::optional<SiteId> site);
  Task<ShownTask> shown(Call call, warehouse::PickTask task);
  Task<warehouse::PickTask> task_of(Call call, warehouse::ScanReply reply);
  Task<warehouse::PickTask> task_of(Call call, warehouse::ShortReply reply);
  Task<void> refuse_taken(Call call, warehouse::PickTask task);
  TaskFaces task_faces() { return {services_.catalog, services_.auth, services_.pickup}; }
  DossierSources dossier_sources();
  NameSources name_sources() {
    return {services_.catalog, services_.warehouse, services_.pickup, services_.auth};
  }
  struct Reminder {
    UserId user_id;
    std::string message;
  };
  Task<Reminder> last_told(Call call, OrderId order);
  Task<orders::StaffActionState> tell_again(Call call, OrderId order, std::string action_id,
                                            Reminder reminder);

  Services services_;
  ModuleHost& host_;
  edge::BrowserSession& session_;
};

}  // namespace bramble::ops
