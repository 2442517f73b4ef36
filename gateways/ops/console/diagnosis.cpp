#include "gateways/ops/console/diagnosis.h"

#include <algorithm>

namespace bramble::ops {
namespace {

using orders::OrderStatus;
using payments::PaymentStatus;

const payments::Attempt* attempt_of(const OrderEvidence& evidence) {
  return evidence.money.attempts.empty() ? nullptr : &evidence.money.attempts.back();
}

bool has_money(const payments::Attempt& attempt) { return attempt.captured_minor > attempt.refunded_minor; }

// For a closed order: the attempt that still has money, otherwise the last.
const payments::Attempt* attempt_to_end(const OrderEvidence& evidence) {
  for (const auto& attempt : evidence.money.attempts) {
    if (has_money(attempt)) return &attempt;
  }
  return attempt_of(evidence);
}

inventory::HoldState hold_of(const OrderEvidence& evidence) {
  return evidence.holds.empty() ? inventory::HoldState::none : evidence.holds.back().state;
}

const JobRow* job_of(const OrderEvidence& evidence, std::string_view type) {
  auto found = std::find_if(evidence.jobs.begin(), evidence.jobs.end(),
                            [&](const auto& job) { return job.type == type; });
  return found == evidence.jobs.end() ? nullptr : &*found;
}

void wait_for_job(OrderDiagnosis& diagnosis, const OrderEvidence& evidence, std::string_view type) {
  const auto* job = job_of(evidence, type);
  if (job == nullptr) return;
  diagnosis.next_try_at = job->run_at;
  diagnosis.attempts = job->attempts;
  diagnosis.last_error = job->last_error;
}

void wait_for_bank(OrderDiagnosis& diagnosis, const payments::Attempt& attempt) {
  diagnosis.next_try_at = attempt.next_check_at;
  diagnosis.attempts = attempt.checks;
}

// It is unknown what the buyer did: the bank was asked and has not answered.
WaitsFor wait_for_answer(OrderDiagnosis& diagnosis, const OrderEvidence& evidence,
                         const payments::Attempt& attempt) {
  diagnosis.since = attempt.payment.bank_unreachable_since.value_or(attempt.created_at);
  diagnosis.until = evidence.inspection.expires_at;
  wait_for_bank(diagnosis, attempt);
  return WaitsFor::bank_answer;
}

WaitsFor diagnose_unpaid(OrderDiagnosis& diagnosis, const OrderEvidence& evidence, Time now) {
  const auto& inspection = evidence.inspection;
  if (inspection.order.cancel_requested) {
    wait_for_job(diagnosis, evidence, orders::AdvanceOrder::type);
    return WaitsFor::cancel_decision;
  }
  if (evidence.money_missing) return WaitsFor::unknown;
  const auto* attempt = attempt_of(evidence);
  if (attempt == nullptr) return WaitsFor::payment_start;
  auto status = attempt->payment.status;
  if (status == PaymentStatus::processing || attempt->payment.bank_unreachable_since)
    return wait_for_answer(diagnosis, evidence, *attempt);
  if (status == PaymentStatus::requires_action) {
    if (now > inspection.expires_at) return WaitsFor::expiry;
    diagnosis.until = attempt->session_expires_at;
    wait_for_bank(diagnosis, *attempt);
    return WaitsFor::buyer;
  }
  diagnosis.since = attempt->updated_at;
  if (status == PaymentStatus::declined || status == PaymentStatus::cancelled) {
    if (now > inspection.expires_at) return WaitsFor::expiry;
    diagnosis.until = inspection.expires_at;
    return WaitsFor::another_payment;
  }
  wait_for_job(diagnosis, evidence, orders::AdvanceOrder::type);
  if (status != PaymentStatus::authorised) return WaitsFor::order_job;
  if (evidence.holds_missing) return WaitsFor::unknown;
  auto hold = hold_of(evidence);
  if (hold == inventory::HoldState::held) return WaitsFor::goods;
  bool claimed = hold == inventory::HoldState::paying || hold == inventory::HoldState::claimed;
  return claimed ? WaitsFor::capture : WaitsFor::order_job;
}

WaitsFor diagnose_paid(OrderDiagnosis& diagnosis, const OrderEvidence& evidence) {
  if (evidence.inspection.order.cancel_requested) {
    wait_for_job(diagnosis, evidence, orders::AdvanceOrder::type);
    return WaitsFor::cancel_decision;
  }
  if (evidence.work_missing) return WaitsFor::unknown;
  if (!evidence.work.known || evidence.work.tasks.empty()) return WaitsFor::warehouse_news;
  bool open = false;
  for (const auto& work : evidence.work.tasks) {
    open = open || work.task.status == warehouse::TaskStatus::open;
    for (const auto& line : work.task.lines) {
      diagnosis.done += line.picked;
      diagnosis.total += line.quantity - line.missing;
    }
  }
  for (const auto& gap : evidence.work.shorts) {
    if (gap.decided) continue;
    diagnosis.since = gap.at;
    wait_for_job(diagnosis, evidence, orders::SettleShorts::type);
    return WaitsFor::short_decision;
  }
  if (!open) return WaitsFor::order_news;
  for (const auto& work : evidence.work.tasks)
    diagnosis.since = std::max(diagnosis.since, work.task.created_at);
  for (const auto& work : evidence.work.tasks) {
    for (const auto& scan : work.scans) diagnosis.since = std::max(diagnosis.since, scan.at);
  }
  return diagnosis.done < diagnosis.total ? WaitsFor::pick : WaitsFor::pack;
}

// Cancelled or expired: goods and money that the order still holds must be released.
WaitsFor diagnose_closed(OrderDiagnosis& diagnosis, const OrderEvidence& evidence) {
  const auto& order = evidence.inspection.order;
  if (order.cleanup) wait_for_job(diagnosis, evidence, orders::AdvanceOrder::type);
  auto hold = hold_of(evidence);
  bool holds = hold == inventory::HoldState::held || hold == inventory::HoldState::paying;
  if (order.cleanup && holds && !order.was_paid) return WaitsFor::release;
  if (evidence.money_missing) return order.cleanup || order.was_paid ? WaitsFor::unknown : WaitsFor::nothing;
  const auto* attempt = attempt_to_end(evidence);
  if (attempt == nullptr) return order.cleanup ? WaitsFor::order_job : WaitsFor::nothing;
  if (attempt->end_wished && job_of(evidence, payments::EndAtBank::type) != nullptr) {
    wait_for_job(diagnosis, evidence, payments::EndAtBank::type);
    return has_money(*attempt) ? WaitsFor::refund : WaitsFor::void_;
  }
  if (order.cleanup) return WaitsFor::order_job;
  if (has_money(*attempt))
    return attempt->end_wished || order.was_paid ? WaitsFor::refund : WaitsFor::late_money;
  bool refunded = attempt->payment.status == PaymentStatus::refunded;
  return refunded ? WaitsFor::order_news : WaitsFor::nothing;
}

WaitsFor diagnose(OrderDiagnosis& diagnosis, const OrderEvidence& evidence, Time now) {
  switch (evidence.inspection.order.status) {
    case OrderStatus::new_:
      wait_for_job(diagnosis, evidence, orders::AdvanceOrder::type);
      return WaitsFor::creation;
    case OrderStatus::pending_payment: return diagnose_unpaid(diagnosis, evidence, now);
    case OrderStatus::paid:
    case OrderStatus::assembling: return diagnose_paid(diagnosis, evidence);
    case OrderStatus::ready_to_ship: return WaitsFor::shipment;
    case OrderStatus::in_transit: return WaitsFor::delivery;
    case OrderStatus::at_pickup_point: return WaitsFor::collection;
    case OrderStatus::returned: return WaitsFor::refund;
    case OrderStatus::cancelled:
    case OrderStatus::expired: return diagnose_closed(diagnosis, evidence);
    case OrderStatus::delivered:
    case OrderStatus::refunded: break;
  }
  return WaitsFor::nothing;
}

// The usual maximum of each wait. Manual work takes hours.
std::optional<Duration> patience(WaitsFor waits_for) {
  switch (waits_for) {
    case WaitsFor::buyer:
    case WaitsFor::another_payment: return std::nullopt;  // it ends at `until`
    case WaitsFor::creation:
    case WaitsFor::payment_start:
    case WaitsFor::bank_answer:
    case WaitsFor::expiry: return minutes(2);
    case WaitsFor::goods:
    case WaitsFor::capture:
    case WaitsFor::order_job:
    case WaitsFor::cancel_decision:
    case WaitsFor::warehouse_news:
    case WaitsFor::order_news:
    case WaitsFor::short_decision:
    case WaitsFor::release: return minutes(1);
    case WaitsFor::void_:
    case WaitsFor::refund:
    case WaitsFor::late_money: return minutes(10);
    case WaitsFor::pick: return hours(12);
    case WaitsFor::pack: return hours(1);
    case WaitsFor::shipment: return days(2);
    case WaitsFor::delivery: return days(14);
    case WaitsFor::collection: return days(14);
    case WaitsFor::dead_letter:
    case WaitsFor::unknown:
    case WaitsFor::nothing: return std::nullopt;
  }
  return std::nullopt;
}

// The bank, or the buyer at the bank, takes the next step.
bool needs_bank(WaitsFor waits_for) {
  switch (waits_for) {
    case WaitsFor::creation:
    case WaitsFor::payment_start:
    case WaitsFor::bank_answer:
    case WaitsFor::buyer:
    case WaitsFor::another_payment:
    case WaitsFor::expiry:
    case WaitsFor::goods:
    case WaitsFor::capture:
    case WaitsFor::void_:
    case WaitsFor::refund:
    case WaitsFor::late_money: return true;
    default: return false;
  }
}

std::vector<FailingDependency> failing_of(const OrderEvidence& evidence, WaitsFor waits_for) {
  std::vector<FailingDependency> failing;
  for (const auto& state : evidence.dependencies) {
    if (!state.failing_since || state.name != "bank" || !needs_bank(waits_for)) continue;
    failing.push_back({state.name, *state.failing_since, state.last_error, state.failures});
  }
  return failing;
}

std::vector<DeadLink> dead_letters_of(const OrderEvidence& evidence) {
  std::vector<DeadLink> found;
  for (const auto& job : evidence.jobs) {
    if (job.dead_at) found.push_back({job.module, "job", job.job_id, job.type, job.last_error});
  }
  for (const auto& event : evidence.events) {
    for (const auto& receipt : event.receipts) {
      if (receipt.state != ReceiptState::dead) continue;
      found.push_back({receipt.consumer, "event", receipt.consumer + "/" + event.event_id, event.type,
                       receipt.last_error});
    }
  }
  return found;
}

}  // namespace

OrderDiagnosis diagnose(const OrderEvidence& evidence, Time now) {
  OrderDiagnosis diagnosis;
  diagnosis.since = evidence.inspection.order.changed_at;
  diagnosis.waits_for = diagnose(diagnosis, evidence, now);
  diagnosis.dead_letters = dead_letters_of(evidence);
  diagnosis.failing = failing_of(evidence, diagnosis.waits_for);
  auto limit = patience(diagnosis.waits_for);
  bool over = diagnosis.until && now > *diagnosis.until + minutes(2);
  diagnosis.late = over || (limit && now - diagnosis.since > *limit);
  bool unfinished = diagnosis.waits_for != WaitsFor::nothing && diagnosis.waits_for != WaitsFor::shipment;
  if (!diagnosis.dead_letters.empty() && unfinished) {
    diagnosis.instead_of = diagnosis.waits_for;
    diagnosis.waits_for = WaitsFor::dead_letter;
    diagnosis.late = true;
  }
  return diagnosis;
}

}  // namespace bramble::ops
