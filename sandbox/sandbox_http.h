// Serves the sandbox's routes: who may use which, and the faults of the bank's API.
#pragma once

#include <memory>
#include <string>

#include "gateways/edge/router.h"
#include "runtime/module.h"
#include "sandbox/acs_page.h"
#include "sandbox/bank.h"
#include "sandbox/known_members.h"
#include "sandbox/sandbox.routes.h"
#include "sandbox/sandbox_access.h"
#include "sandbox/webhook_sender.h"

namespace bramble::sandbox {

struct SandboxSettings {
  std::string api_key;
  WebhookKey webhook_key;
  std::string token;                 // protects what is for people and tests; empty: no protection
  std::string public_url;            // of this server: "http://127.0.0.1:8090"
  std::string merchant = "Bramble";  // shown to the payer
  Duration timeout_hold = seconds(30);
};

class SandboxCounter final : public SandboxHttp {
 public:
  SandboxCounter(ModuleHost& host, SandboxSettings settings);

  // Call it once.
  HttpHandler handler();
  // Call it before the first request: continues what an earlier process left.
  Task<void> recover(Call call);
  Task<void> send_due_webhooks(Call call) { return sender_.send_due(std::move(call)); }
  Task<void> end_sessions(Call call) { return bank_.end_sessions(std::move(call)); }
  Task<void> drop_answers(Call call) { return bank_.drop_answers(std::move(call)); }

  Task<PaymentView> create_payment(edge::HttpCall& http, NewPayment request) override;
  Task<PaymentList> find_payments(edge::HttpCall& http, PaymentsQuery request) override;
  Task<PaymentView> get_payment(edge::HttpCall& http, PaymentQuery request) override;
  Task<PaymentView> capture_payment(edge::HttpCall& http, CaptureOrder request) override;
  Task<PaymentView> void_payment(edge::HttpCall& http, PaymentQuery request) override;
  Task<PaymentView> end_payment(edge::HttpCall& http, EndOrder request) override;
  Task<PaymentView> refund_payment(edge::HttpCall& http, RefundOrder request) override;
  Task<HttpResponse> show_confirmation(edge::HttpCall& http) override;
  Task<HttpResponse> confirm(edge::HttpCall& http) override;
  Task<HttpResponse> acs_style(edge::HttpCall& http) override;
  Task<Faults> set_faults(edge::HttpCall& http, Faults request) override;
  Task<Faults> get_faults(edge::HttpCall& http, Nothing request) override;
  Task<Report> get_report(edge::HttpCall& http, ReportQuery request) override;
  Task<SmsReceipt> send_sms(edge::HttpCall& http, NewSms request) override;
  Task<SmsInbox> read_sms(edge::HttpCall& http, SmsQuery request) override;
  Task<HttpResponse> show_phone(edge::HttpCall& http) override;
  Task<HttpResponse> show_sign_in(edge::HttpCall& http) override;
  Task<HttpResponse> enter(edge::HttpCall& http) override;
  Task<HttpResponse> openapi(edge::HttpCall& http) override;

 private:
  Task<Caller> authenticate(const edge::RouteInfo& info, const HttpRequest& request) const;
  Task<HttpResponse> invoke(const edge::Route& route, edge::HttpCall& http);
  HttpResponse silence() const;
  PaymentView answered(edge::HttpCall& http, const BankResult& answer) const;

  ModuleHost& host_;
  SandboxSettings settings_;
  Faults faults_;
  WebhookSender sender_;
  Bank bank_;
  AcsPage page_;
  SandboxAccess access_;
  KnownMembers known_members_;
  edge::Router router_;
};

}  // namespace bramble::sandbox
