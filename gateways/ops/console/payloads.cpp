#include "gateways/ops/console/payloads.h"

#include <array>

#include "base/error.h"
#include "services/inventory/inventory.json.h"
#include "services/orders/orders.json.h"
#include "services/payments/payments.json.h"
#include "services/warehouse/warehouse.json.h"

namespace bramble::ops {
namespace {

struct Shown {
  std::string_view type;
  std::string (*text)(std::string_view bytes);
};

template <class Message>
constexpr Shown shown() {
  return {Message::type, [](std::string_view bytes) { return to_json(Message::decode(bytes)); }};
}

constexpr std::array all_shown = {
    shown<orders::OrderPaid>(),
    shown<orders::OrderStatusChanged>(),
    shown<orders::PaidOrderCancelled>(),
    shown<orders::OrderItemsChanged>(),
    shown<orders::PickShortDecided>(),
    shown<orders::AdvanceOrder>(),
    shown<orders::SettleShorts>(),
    shown<orders::StaffActed>(),
    shown<orders::FinishStaffActions>(),
    shown<payments::PaymentAuthorised>(),
    shown<payments::PaymentCaptured>(),
    shown<payments::PaymentDeclined>(),
    shown<payments::PaymentRefunded>(),
    shown<payments::EndAtBank>(),
    shown<inventory::StockTurned>(),
    shown<inventory::HoldExpired>(),
    shown<warehouse::SiteOpened>(),
    shown<warehouse::SellRightsGranted>(),
    shown<warehouse::AssemblyStarted>(),
    shown<warehouse::PickShort>(),
    shown<warehouse::AssemblyComplete>(),
    shown<orders::OrderCancelRefused>(),
    shown<orders::OrderPaymentDeclined>(),
};

}  // namespace

std::string payload_text(std::string_view type, std::string_view bytes) {
  for (const auto& one : all_shown) {
    if (one.type != type) continue;
    try {
      return one.text(bytes);
    } catch (const Error&) {
      return {};
    }
  }
  return {};
}

}  // namespace bramble::ops
