#include "gateways/ops/verdict.h"

#include <algorithm>

namespace bramble::ops {
namespace {

using orders::OrderStatus;
using payments::PaymentStatus;

const payments::Attempt* attempt_of(const OrderFacts& facts) {
  return facts.money.attempts.empty() ? nullptr : &facts.money.attempts.back();
}

bool has_money(const payments::Attempt& attempt) { return attempt.captured_minor > attempt.refunded_minor; }

// Of a closed order: whichever still has money, or else the last.
const payments::Attempt* attempt_to_end(const OrderFacts& facts) {
  for (const auto& attempt : facts.money.attempts) {
    if (has_money(attempt)) return &attempt;
  }
  return attempt_of(facts);
}

inventory::HoldState hold_of(const OrderFacts& facts) {
  return facts.holds.empty() ? inventory::HoldState::none : facts.holds.back().state;
}

const JobRow* job_of(const OrderFacts& facts, std::string_view type) {
  auto found =
      std::find_if(facts.jobs.begin(), facts.jobs.end(), [&](const auto& job) { return job.type == type; });
  return found == facts.jobs.end() ? nullptr : &*found;
}

void wait_for_job(Verdict& verdict, const OrderFacts& facts, std::string_view type) {
  const auto* job = job_of(facts, type);
  if (job == nullptr) return;
  verdict.next_try_at = job->run_at;
  verdict.attempts = job->attempts;
  verdict.last_error = job->last_error;
}

void wait_for_bank(Verdict& verdict, const payments::Attempt& attempt) {
  verdict.next_try_at = attempt.next_check_at;
  verdict.attempts = attempt.checks;
}

// What the buyer has done, nobody knows: the bank was asked and has not answered.
WaitsFor wait_for_answer(Verdict& verdict, const OrderFacts& facts, const payments::Attempt& attempt) {
  verdict.since = attempt.payment.bank_unreachable_since.value_or(attempt.created_at);
  verdict.until = facts.inspection.expires_at;
  wait_for_bank(verdict, attempt);
  return WaitsFor::bank_answer;
}

WaitsFor judge_unpaid(Verdict& verdict, const OrderFacts& facts, Time now) {
  const auto& inspection = facts.inspection;
  if (inspection.order.cancel_requested) {
    wait_for_job(verdict, facts, orders::AdvanceOrder::type);
    return WaitsFor::cancel_decision;
  }
  if (facts.money_missing) return WaitsFor::unknown;
  const auto* attempt = attempt_of(facts);
  if (attempt == nullptr) return WaitsFor::payment_start;
  auto status = attempt->payment.status;
  if (status == PaymentStatus::processing || attempt->payment.bank_unreachable_since)
    return wait_for_answer(verdict, facts, *attempt);
  if (status == PaymentStatus::requires_action) {
    if (now > inspection.expires_at) return WaitsFor::expiry;
    verdict.until = attempt->session_expires_at;
    wait_for_bank(verdict, *attempt);
    return WaitsFor::buyer;
  }
  verdict.since = attempt->updated_at;
  if (status == PaymentStatus::declined || status == PaymentStatus::cancelled) {
    if (now > inspection.expires_at) return WaitsFor::expiry;
    verdict.until = inspection.expires_at;
    return WaitsFor::another_payment;
  }
  wait_for_job(verdict, facts, orders::AdvanceOrder::type);
  if (status != PaymentStatus::authorised) return WaitsFor::order_job;
  if (facts.holds_missing) return WaitsFor::unknown;
  auto hold = hold_of(facts);
  if (hold == inventory::HoldState::held) return WaitsFor::goods;
  bool claimed = hold == inventory::HoldState::paying || hold == inventory::HoldState::claimed;
  return claimed ? WaitsFor::capture : WaitsFor::order_job;
}

WaitsFor judge_paid(Verdict& verdict, const OrderFacts& facts) {
  if (facts.inspection.order.cancel_requested) {
    wait_for_job(verdict, facts, orders::AdvanceOrder::type);
    return WaitsFor::cancel_decision;
  }
  if (facts.work_missing) return WaitsFor::unknown;
  if (!facts.work.known || facts.work.tasks.empty()) return WaitsFor::warehouse_news;
  bool open = false;
  for (const auto& work : facts.work.tasks) {
    open = open || work.task.status == warehouse::TaskStatus::open;
    for (const auto& line : work.task.lines) {
      verdict.done += line.picked;
      verdict.total += line.quantity - line.missing;
    }
  }
  for (const auto& gap : facts.work.shorts) {
    if (gap.decided) continue;
    verdict.since = gap.at;
    wait_for_job(verdict, facts, orders::SettleShorts::type);
    return WaitsFor::short_decision;
  }
  if (!open) return WaitsFor::order_news;
  for (const auto& work : facts.work.tasks) verdict.since = std::max(verdict.since, work.task.created_at);
  for (const auto& work : facts.work.tasks) {
    for (const auto& scan : work.scans) verdict.since = std::max(verdict.since, scan.at);
  }
  return verdict.done < verdict.total ? WaitsFor::pick : WaitsFor::pack;
}

// Cancelled or expired: whatever it still holds is to be let go.
WaitsFor judge_closed(Verdict& verdict, const OrderFacts& facts) {
  const auto& order = facts.inspection.order;
  if (order.cleanup) wait_for_job(verdict, facts, orders::AdvanceOrder::type);
  auto hold = hold_of(facts);
  bool holds = hold == inventory::HoldState::held || hold == inventory::HoldState::paying;
  if (order.cleanup && holds && !order.was_paid) return WaitsFor::release;
  if (facts.money_missing) return order.cleanup || order.was_paid ? WaitsFor::unknown : WaitsFor::nothing;
  const auto* attempt = attempt_to_end(facts);
  if (attempt == nullptr) return order.cleanup ? WaitsFor::order_job : WaitsFor::nothing;
  if (attempt->end_wished && job_of(facts, payments::EndAtBank::type) != nullptr) {
    wait_for_job(verdict, facts, payments::EndAtBank::type);
    return has_money(*attempt) ? WaitsFor::refund : WaitsFor::void_;
  }
  if (order.cleanup) return WaitsFor::order_job;
  if (has_money(*attempt))
    return attempt->end_wished || order.was_paid ? WaitsFor::refund : WaitsFor::late_money;
  bool refunded = attempt->payment.status == PaymentStatus::refunded;
  return refunded ? WaitsFor::order_news : WaitsFor::nothing;
}

WaitsFor judge(Verdict& verdict, const OrderFacts& facts, Time now) {
  switch (facts.inspection.order.status) {
    case OrderStatus::new_:
      wait_for_job(verdict, facts, orders::AdvanceOrder::type);
      return WaitsFor::creation;
    case OrderStatus::pending_payment: return judge_unpaid(verdict, facts, now);
    case OrderStatus::paid:
    case OrderStatus::assembling: return judge_paid(verdict, facts);
    case OrderStatus::ready_to_ship: return WaitsFor::shipment;
    case OrderStatus::in_transit: return WaitsFor::delivery;
    case OrderStatus::at_pickup_point: return WaitsFor::collection;
    case OrderStatus::returned: return WaitsFor::refund;
    case OrderStatus::cancelled:
    case OrderStatus::expired: return judge_closed(verdict, facts);
    case OrderStatus::delivered:
    case OrderStatus::refunded: break;
  }
  return WaitsFor::nothing;
}

// How long each wait usually takes at most. What people do by hand, or may leave undone, is measured in
// hours.
std::optional<Duration> patience(WaitsFor waits_for) {
  switch (waits_for) {
    case WaitsFor::buyer:
    case WaitsFor::another_payment: return std::nullopt;  // it has an end of its own
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

// The next step is the bank's, or the buyer's there.
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

std::vector<FailingDependency> failing_of(const OrderFacts& facts, WaitsFor waits_for) {
  std::vector<FailingDependency> failing;
  for (const auto& state : facts.dependencies) {
    if (!state.failing_since || state.name != "bank" || !needs_bank(waits_for)) continue;
    failing.push_back({state.name, *state.failing_since, state.last_error, state.failures});
  }
  return failing;
}

std::vector<DeadLink> dead_letters_of(const OrderFacts& facts) {
  std::vector<DeadLink> found;
  for (const auto& job : facts.jobs) {
    if (job.dead_at) found.push_back({job.module, "job", job.job_id, job.type, job.last_error});
  }
  for (const auto& event : facts.events) {
    for (const auto& receipt : event.receipts) {
      if (receipt.state != ReceiptState::dead) continue;
      found.push_back({receipt.consumer, "event", receipt.consumer + "/" + event.event_id, event.type,
                       receipt.last_error});
    }
  }
  return found;
}

}  // namespace

Verdict verdict_of(const OrderFacts& facts, Time now) {
  Verdict verdict;
  verdict.since = facts.inspection.order.changed_at;
  verdict.waits_for = judge(verdict, facts, now);
  verdict.dead_letters = dead_letters_of(facts);
  verdict.failing = failing_of(facts, verdict.waits_for);
  auto limit = patience(verdict.waits_for);
  bool over = verdict.until && now > *verdict.until + minutes(2);
  verdict.late = over || (limit && now - verdict.since > *limit);
  bool unfinished = verdict.waits_for != WaitsFor::nothing && verdict.waits_for != WaitsFor::shipment;
  if (!verdict.dead_letters.empty() && unfinished) {
    verdict.instead_of = verdict.waits_for;
    verdict.waits_for = WaitsFor::dead_letter;
    verdict.late = true;
  }
  return verdict;
}

}  // namespace bramble::ops
