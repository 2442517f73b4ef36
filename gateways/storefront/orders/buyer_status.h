// What a buyer is told of an order: in which state it is, why, and what comes next.
#pragma once

#include <string>

#include "gateways/pages/site.h"
#include "services/orders/orders.api.h"

namespace bramble::storefront {

// How it stands with the buyer, which is less than the ten states and more than they say.
enum class BuyerStatus {
  to_confirm,  // the buyer has to confirm at the bank
  deciding,    // the bank has not said yet, or cannot be asked
  to_repay,    // the bank said no; the goods are held, and another way to pay may be tried
  paid,        // on its way to the buyer, in whatever step
  delivered,
  declined,  // by the bank or at its page
  timed_out,
  cancelled,
  refunded,
  returned,
};

BuyerStatus buyer_status_of(const orders::OrderView& order);

// "info", "success", "warning" or "error" of the notice component, and the icon that goes with it.
std::string_view notice_kind(BuyerStatus buyer_status);
std::string_view notice_icon(std::string_view kind);

// The last characters of an order's id, to be said over a counter.
std::string order_number(const OrderId& order);

// Neither at its end nor given up.
bool is_under_way(orders::OrderStatus status);

std::string_view status_text(const pages::Locale& locale, orders::OrderStatus status);
// One or two sentences.
std::string what_next(const pages::Locale& locale, const orders::OrderView& order);
// NEXT: the same; or, where a time is in it, NEXT_BEFORE, the time and NEXT_AFTER in the section DEADLINE
// (next.html lets a script write the time for the reader's own zone).
void set_next(pages::View view, const pages::Locale& locale, const orders::OrderView& order);
// Until when it can be paid.
Time deadline_of(const orders::OrderView& order);
// Why the bank said no; empty if it did not.
std::string decline_text(const pages::Locale& locale, const orders::OrderView& order);

// STEP sections: STEP_TITLE, STEP_TIME with HAS_TIME, and STEP_DONE, STEP_NOW or STEP_AHEAD. None for an
// order that has ended before its end.
void show_steps(pages::PageRequest& request, const orders::OrderView& order);

}  // namespace bramble::storefront
