// The status of an order as its buyer sees it, the reason for it, and the next step.
#pragma once

#include <string>

#include "gateways/pages/site.h"
#include "services/orders/orders.api.h"

namespace bramble::storefront {

// Fewer values than OrderStatus has, but the payment's state counts, too.
enum class BuyerStatus {
  to_confirm,  // the buyer must confirm at the bank
  deciding,    // the bank has not answered yet, or cannot be reached
  to_repay,    // the bank declined; the goods are held and another payment is possible
  paid,        // any step from payment to delivery
  delivered,
  declined,  // by the bank or at its page
  timed_out,
  cancelled,
  refunded,
  returned,
};

BuyerStatus buyer_status_of(const orders::OrderView& order);

// "info", "success", "warning" or "error" of the notice component, and its icon.
std::string_view notice_kind(BuyerStatus buyer_status);
std::string_view notice_icon(std::string_view kind);

// The last characters of an order's id, short enough to say aloud.
std::string order_number(const OrderId& order);

// Neither delivered nor ended.
bool is_under_way(orders::OrderStatus status);

std::string_view status_text(const pages::Locale& locale, orders::OrderStatus status);
// One or two sentences.
std::string what_next(const pages::Locale& locale, const orders::OrderView& order);
// NEXT: the same. If it names a time, the section DEADLINE has NEXT_BEFORE, the time and NEXT_AFTER instead,
// and a script shows the time in the reader's time zone (next.html).
void set_next(pages::View view, const pages::Locale& locale, const orders::OrderView& order);
// The end of the time to pay.
Time deadline_of(const orders::OrderView& order);
// The bank's reason for a declined payment; empty otherwise.
std::string decline_text(const pages::Locale& locale, const orders::OrderView& order);

// STEP sections: STEP_TITLE, STEP_TIME with HAS_TIME, and STEP_DONE, STEP_NOW or STEP_AHEAD. None for an
// order that ended before delivery.
void show_steps(pages::PageRequest& request, const orders::OrderView& order);

}  // namespace bramble::storefront
