// The staff's gateway: gives each route to the class of its story.
#pragma once

#include "gateways/ops/console/dead_letter_console.h"
#include "gateways/ops/console/order_console.h"
#include "gateways/ops/console/overview.h"
#include "gateways/ops/console/payment_console.h"
#include "gateways/ops/console/stock_console.h"
#include "gateways/ops/ops.routes.h"
#include "gateways/ops/security/security_search.h"
#include "gateways/ops/session/staff_sessions.h"
#include "gateways/ops/staff/account_settings.h"
#include "gateways/ops/staff/staff_directory.h"
#include "gateways/ops/warehouse/picking.h"
#include "gateways/ops/warehouse/stockroom.h"

namespace bramble::ops {

class OpsGateway : public OpsHttp {
 public:
  OpsGateway(const Services& services, ModuleHost& host, edge::BrowserSession& session)
      : picking_(services),
        stockroom_(services),
        sessions_(services, session),
        account_settings_(services, session),
        staff_(services),
        order_console_(services, host),
        stock_console_(services, host),
        payment_console_(services),
        dead_letter_console_(host),
        overview_(services, host),
        security_search_(services) {}

  Task<auth::Tokens> issue_tokens(edge::HttpCall& http, StaffTokenRequest request) override {
    return sessions_.issue_tokens(http, std::move(request));
  }
  Task<Empty> change_password(edge::HttpCall& http, PasswordChange request) override {
    return account_settings_.change_password(http, std::move(request));
  }
  Task<auth::OwnAccount> own_account(edge::HttpCall& http, Nothing request) override {
    return account_settings_.own_account(http, request);
  }
  Task<auth::TotpSecret> begin_totp(edge::HttpCall& http, OwnPassword request) override {
    return account_settings_.begin_totp(http, std::move(request));
  }
  Task<auth::RecoveryCodes> confirm_totp(edge::HttpCall& http, auth::TotpProof request) override {
    return account_settings_.confirm_totp(http, std::move(request));
  }
  Task<auth::PasskeyOffer> begin_passkey(edge::HttpCall& http, OwnPassword request) override {
    return account_settings_.begin_passkey(http, std::move(request));
  }
  Task<auth::RecoveryCodes> add_passkey(edge::HttpCall& http, auth::NewPasskey request) override {
    return account_settings_.add_passkey(http, std::move(request));
  }
  Task<Empty> drop_factor(edge::HttpCall& http, auth::DropFactorRequest request) override {
    return account_settings_.drop_factor(http, std::move(request));
  }
  Task<auth::RecoveryCodes> renew_recovery_codes(edge::HttpCall& http, OwnPassword request) override {
    return account_settings_.renew_recovery_codes(http, std::move(request));
  }
  Task<auth::StaffAccount> reset_staff_factors(edge::HttpCall& http, auth::StaffRequest request) override {
    return staff_.reset_staff_factors(http, std::move(request));
  }
  Task<auth::ListStaffReply> list_staff(edge::HttpCall& http, Nothing request) override {
    return staff_.list_staff(http, request);
  }
  Task<auth::HandedPassword> add_staff(edge::HttpCall& http, auth::AddStaffRequest request) override {
    return staff_.add_staff(http, std::move(request));
  }
  Task<auth::StaffAccount> set_staff_roles(edge::HttpCall& http,
                                           auth::SetStaffRolesRequest request) override {
    return staff_.set_staff_roles(http, std::move(request));
  }
  Task<auth::StaffAccount> disable_staff(edge::HttpCall& http, auth::StaffRequest request) override {
    return staff_.disable_staff(http, std::move(request));
  }
  Task<auth::StaffAccount> enable_staff(edge::HttpCall& http, auth::StaffRequest request) override {
    return staff_.enable_staff(http, std::move(request));
  }
  Task<auth::HandedPassword> reset_staff_password(edge::HttpCall& http, auth::StaffRequest request) override {
    return staff_.reset_staff_password(http, std::move(request));
  }
  Task<Empty> open_session(edge::HttpCall& http, SignInRequest request) override {
    return sessions_.open_session(http, std::move(request));
  }
  Task<Empty> open_session_with_factor(edge::HttpCall& http, SecondFactor request) override {
    return sessions_.open_session_with_factor(http, std::move(request));
  }
  Task<auth::PasskeyQuestion> ask_for_passkey(edge::HttpCall& http, Nothing request) override {
    return sessions_.ask_for_passkey(http, request);
  }
  Task<Empty> open_session_with_passkey(edge::HttpCall& http, PasskeyEntry request) override {
    return sessions_.open_session_with_passkey(http, std::move(request));
  }
  Task<Empty> close_session(edge::HttpCall& http, Nothing request) override {
    return sessions_.close_session(http, request);
  }
  Task<SessionView> session(edge::HttpCall& http, Nothing request) override {
    return sessions_.session(http, request);
  }
  Task<Empty> choose_preferences(edge::HttpCall& http, Preferences request) override {
    return sessions_.choose_preferences(http, std::move(request));
  }
  Task<warehouse::ListSitesReply> sites(edge::HttpCall& http, Nothing request) override {
    return stockroom_.sites(http, request);
  }
  Task<StockPage> stock(edge::HttpCall& http, StockQuery request) override {
    return stockroom_.stock(http, std::move(request));
  }
  Task<GoodsPage> goods(edge::HttpCall& http, GoodsQuery request) override {
    return stockroom_.goods(http, std::move(request));
  }
  Task<TasksPage> tasks(edge::HttpCall& http, TasksQuery request) override {
    return picking_.tasks(http, std::move(request));
  }
  Task<TaskView> task(edge::HttpCall& http, TaskQuery request) override {
    return picking_.task(http, std::move(request));
  }
  Task<TaskView> scan(edge::HttpCall& http, warehouse::ScanRequest request) override {
    return picking_.scan(http, std::move(request));
  }
  Task<TaskView> report_short(edge::HttpCall& http, warehouse::ShortRequest request) override {
    return picking_.report_short(http, std::move(request));
  }
  Task<TaskView> complete(edge::HttpCall& http, warehouse::CompleteRequest request) override {
    return picking_.complete(http, std::move(request));
  }
  Task<TaskView> take_task(edge::HttpCall& http, warehouse::TakeTaskRequest request) override {
    return picking_.take_task(http, std::move(request));
  }
  Task<TaskView> release_task(edge::HttpCall& http, TaskQuery request) override {
    return picking_.release_task(http, std::move(request));
  }
  Task<warehouse::Receipt> receive(edge::HttpCall& http, warehouse::ReceiveRequest request) override {
    return stockroom_.receive(http, std::move(request));
  }
  Task<warehouse::Receipt> undo_receipt(edge::HttpCall& http,
                                        warehouse::UndoReceiptRequest request) override {
    return stockroom_.undo_receipt(http, std::move(request));
  }
  Task<warehouse::SiteBins> bins(edge::HttpCall& http, warehouse::SiteBinsRequest request) override {
    return stockroom_.bins(http, std::move(request));
  }
  Task<warehouse::SiteBins> put_bins(edge::HttpCall& http, BinPlans request) override {
    return stockroom_.put_bins(http, std::move(request));
  }
  Task<OrderReport> order(edge::HttpCall& http, OrderQuery request) override {
    return order_console_.order(http, std::move(request));
  }
  Task<orders::OrderView> check_payment(edge::HttpCall& http, OrderQuery request) override {
    return order_console_.check_payment(http, std::move(request));
  }
  Task<orders::StaffAction> act_on_order(edge::HttpCall& http, OrderActionRequest request) override {
    return order_console_.act_on_order(http, std::move(request));
  }
  Task<FoundPage> find(edge::HttpCall& http, FindQuery request) override {
    return overview_.find(http, std::move(request));
  }
  Task<CountsPage> counts(edge::HttpCall& http, Nothing request) override {
    return overview_.counts(http, request);
  }
  Task<OrderPage> search_orders(edge::HttpCall& http, OrderSearchQuery request) override {
    return order_console_.search_orders(http, std::move(request));
  }
  Task<HangingPage> hanging_orders(edge::HttpCall& http, HangingQuery request) override {
    return order_console_.hanging_orders(http, std::move(request));
  }
  Task<StockReport> sku_stock(edge::HttpCall& http, StockDossierQuery request) override {
    return stock_console_.sku_stock(http, std::move(request));
  }
  Task<MovementsPage> movements(edge::HttpCall& http, MovementsQuery request) override {
    return stock_console_.movements(http, std::move(request));
  }
  Task<payments::ListAttemptsReply> payments(edge::HttpCall& http, PaymentsQuery request) override {
    return payment_console_.payments(http, std::move(request));
  }
  Task<payments::ListWebhooksReply> webhooks(edge::HttpCall& http, WebhooksQuery request) override {
    return payment_console_.webhooks(http, std::move(request));
  }
  Task<payments::SuspenseReply> suspense(edge::HttpCall& http, SuspenseQuery request) override {
    return payment_console_.suspense(http, std::move(request));
  }
  Task<QueuesPage> queues(edge::HttpCall& http, Nothing request) override {
    return overview_.queues(http, request);
  }
  Task<DeadLetterView> dead_letter(edge::HttpCall& http, DeadLetterQuery request) override {
    return dead_letter_console_.dead_letter(http, std::move(request));
  }
  Task<DeadLettersPage> dead_letters(edge::HttpCall& http, DeadLettersQuery request) override {
    return dead_letter_console_.dead_letters(http, std::move(request));
  }
  Task<Empty> replay_dead_letter(edge::HttpCall& http, DeadLetterQuery request) override {
    return dead_letter_console_.replay_dead_letter(http, std::move(request));
  }
  Task<SecurityPage> security_events(edge::HttpCall& http, SecurityQuery query) override {
    return security_search_.security_events(http, std::move(query));
  }
  Task<HealthPage> health(edge::HttpCall& http, Nothing request) override {
    return overview_.health(http, request);
  }
  Task<HttpResponse> openapi(edge::HttpCall& http) override;

 private:
  Picking picking_;
  Stockroom stockroom_;
  StaffSessions sessions_;
  AccountSettings account_settings_;
  StaffDirectory staff_;
  OrderConsole order_console_;
  StockConsole stock_console_;
  PaymentConsole payment_console_;
  DeadLetterConsole dead_letter_console_;
  Overview overview_;
  SecuritySearch security_search_;
};

}  // namespace bramble::ops
