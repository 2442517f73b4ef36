// What a notice says, in the reader's language.
#pragma once

#include <string>
#include <string_view>

#include "services/orders/orders.api.h"

namespace bramble::notifications {

// What a notice tells besides changes of the status and of items. In notice.change beside
// orders::ItemsChange.
enum class NoticeChange : std::int64_t { cancel_refused = 100, payment_declined = 101 };

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
