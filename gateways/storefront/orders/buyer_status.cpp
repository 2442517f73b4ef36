#include "gateways/storefront/orders/buyer_status.h"

#include <algorithm>

#include "base/time.h"

namespace bramble::storefront {
namespace {

using orders::OrderStatus;
using payments::PaymentStatus;

constexpr OrderStatus steps[] = {OrderStatus::pending_payment, OrderStatus::paid,
                                 OrderStatus::assembling,      OrderStatus::ready_to_ship,
                                 OrderStatus::in_transit,      OrderStatus::at_pickup_point,
                                 OrderStatus::delivered};

constexpr std::size_t short_number = 6;

// Marks the place of the time in a text, which is cut there.
constexpr std::string_view time_mark = "\x1f";

BuyerStatus buyer_status_of_cancelled(const orders::OrderView& order) {
  bool was_declined = order.payment.status == PaymentStatus::declined;
  if (was_declined && order.payment.decline_reason == "session_expired") return BuyerStatus::timed_out;
  return was_declined ? BuyerStatus::declined : BuyerStatus::cancelled;
}

BuyerStatus buyer_status_of_open(const orders::OrderView& order) {
  bool came_to_nothing =
      order.payment.status == PaymentStatus::declined || order.payment.status == PaymentStatus::cancelled;
  if (came_to_nothing) return BuyerStatus::to_repay;
  bool waits_for_buyer = order.payment.status == PaymentStatus::requires_action;
  // While the bank cannot be reached, the buyer may have confirmed already and must not pay again.
  bool is_known = !order.payment.bank_unreachable_since;
  return waits_for_buyer && is_known ? BuyerStatus::to_confirm : BuyerStatus::deciding;
}

std::string key_of(const orders::OrderView& order) {
  switch (buyer_status_of(order)) {
    case BuyerStatus::to_confirm: return "order.next.to_confirm";
    case BuyerStatus::to_repay: return order.can_pay ? "order.next.to_repay" : "order.next.unpayable";
    case BuyerStatus::deciding:
      return order.payment.bank_unreachable_since ? "order.next.asking" : "order.next.deciding";
    case BuyerStatus::declined: return "order.next.declined";
    case BuyerStatus::timed_out: return "order.next.timed_out";
    case BuyerStatus::cancelled: return "order.next.cancelled";
    case BuyerStatus::refunded: return "order.next.refunded";
    case BuyerStatus::returned: return "order.next.returned";
    case BuyerStatus::paid:
    case BuyerStatus::delivered: break;
  }
  return "order.next." + std::string(to_string(order.status));
}

// Whether the text names a deadline.
bool has_deadline(const orders::OrderView& order) {
  auto buyer_status = buyer_status_of(order);
  return buyer_status == BuyerStatus::to_confirm || (buyer_status == BuyerStatus::to_repay && order.can_pay);
}

}  // namespace

BuyerStatus buyer_status_of(const orders::OrderView& order) {
  switch (order.status) {
    case OrderStatus::new_:
    case OrderStatus::pending_payment: return buyer_status_of_open(order);
    case OrderStatus::paid:
    case OrderStatus::assembling:
    case OrderStatus::ready_to_ship:
    case OrderStatus::in_transit:
    case OrderStatus::at_pickup_point: return BuyerStatus::paid;
    case OrderStatus::delivered: return BuyerStatus::delivered;
    case OrderStatus::cancelled: return buyer_status_of_cancelled(order);
    case OrderStatus::expired: return BuyerStatus::timed_out;
    case OrderStatus::refunded: return BuyerStatus::refunded;
    case OrderStatus::returned: return BuyerStatus::returned;
  }
  return BuyerStatus::deciding;
}

std::string order_number(const OrderId& order) {
  auto number = order.text().substr(order.text().size() - std::min(short_number, order.text().size()));
  for (auto& c : number) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return number;
}

std::string_view notice_kind(BuyerStatus buyer_status) {
  switch (buyer_status) {
    case BuyerStatus::paid:
    case BuyerStatus::delivered: return "success";
    case BuyerStatus::to_confirm:
    case BuyerStatus::timed_out: return "warning";
    case BuyerStatus::to_repay:
    case BuyerStatus::declined: return "error";
    case BuyerStatus::deciding:
    case BuyerStatus::cancelled:
    case BuyerStatus::refunded:
    case BuyerStatus::returned: break;
  }
  return "info";
}

std::string_view notice_icon(std::string_view kind) {
  if (kind == "success") return "circle-check";
  if (kind == "warning") return "clock";
  return kind == "error" ? "circle-x" : "info";
}

bool is_under_way(OrderStatus status) {
  return std::find(std::begin(steps), std::end(steps), status) != std::end(steps) &&
         status != OrderStatus::delivered;
}

std::string_view status_text(const pages::Locale& locale, OrderStatus status) {
  return locale.say("order.status." + std::string(to_string(status)));
}

Time deadline_of(const orders::OrderView& order) {
  if (buyer_status_of(order) == BuyerStatus::to_repay) return order.can_pay_until.value_or(order.expires_at);
  return order.payment.pay_until.value_or(order.expires_at);
}

void set_next(pages::View view, const pages::Locale& locale, const orders::OrderView& order) {
  if (order.cancel_requested || !has_deadline(order)) {
    view.set("NEXT", what_next(locale, order));
    return;
  }
  auto text = locale.say(key_of(order), {{"time", time_mark}});
  auto at = std::min(text.find(time_mark), text.size());
  auto deadline = view.add("DEADLINE");
  deadline.set("NEXT_BEFORE", text.substr(0, at));
  deadline.set("DEADLINE_AT", to_rfc3339(deadline_of(order)));
  deadline.set("DEADLINE_TEXT", locale.formats.deadline(deadline_of(order)));
  deadline.set("NEXT_AFTER", text.substr(std::min(at + time_mark.size(), text.size())));
}

std::string what_next(const pages::Locale& locale, const orders::OrderView& order) {
  if (order.cancel_requested) return std::string(locale.say("order.next.cancel_requested"));
  bool still_here = order.status == OrderStatus::paid || order.status == OrderStatus::assembling ||
                    order.status == OrderStatus::ready_to_ship;
  if (order.cancel_refused && still_here) return std::string(locale.say("order.next.cancel_refused"));
  auto buyer_status = buyer_status_of(order);
  if (has_deadline(order)) {
    auto until = locale.formats.deadline(deadline_of(order));
    return locale.say(key_of(order), {{"time", std::string_view(until)}});
  }
  // Captured money is being refunded.
  bool money_waits =
      buyer_status == BuyerStatus::cancelled && order.payment.status == PaymentStatus::captured;
  if (money_waits) return std::string(locale.say("order.next.refunding"));
  return std::string(locale.say(key_of(order)));
}

std::string decline_text(const pages::Locale& locale, const orders::OrderView& order) {
  auto buyer_status = buyer_status_of(order);
  if (buyer_status != BuyerStatus::declined && buyer_status != BuyerStatus::to_repay) return {};
  auto text = locale.messages.find("decline." + order.payment.decline_reason.value_or("other"));
  return std::string(text.empty() ? locale.say("decline.other") : text);
}

void show_steps(pages::PageRequest& request, const orders::OrderView& order) {
  auto now = std::find(std::begin(steps), std::end(steps), order.status);
  if (now == std::end(steps)) {
    request.view.show("NO_STEPS");
    return;
  }
  for (const auto* step = std::begin(steps); step != std::end(steps); ++step) {
    auto row = request.view.add("STEP");
    row.set("STEP_TITLE", request.say("order.step." + std::string(to_string(*step))));
    auto change = std::find_if(order.history.begin(), order.history.end(),
                               [&](const orders::StatusChange& known) { return known.status == *step; });
    if (change != order.history.end()) {
      row.set_and_show("STEP_TIME", request.locale.formats.moment(change->at), "HAS_TIME");
    }
    bool is_last = *step == OrderStatus::delivered;
    row.show(step < now || (step == now && is_last) ? "STEP_DONE" : step == now ? "STEP_NOW" : "STEP_AHEAD");
  }
}

}  // namespace bramble::storefront
