// What a notice says, in the reader's language.
#pragma once

#include <string>
#include <string_view>

#include "services/orders/orders.api.h"

namespace bramble::notifications {

// `lang`: "en", anything else is Russian.
std::string_view notice_text(orders::OrderStatus status, std::string_view lang);

// A cancel that was wished came too late.
std::string_view cancel_refused_text(std::string_view lang);

// The payment came to nothing, and the order waits for another.
std::string_view payment_declined_text(std::string_view lang);

// What happened to some units of an order.
std::string items_text(orders::ItemsChange change, std::int64_t quantity, const Money& amount,
                       std::string_view lang);

}  // namespace bramble::notifications
