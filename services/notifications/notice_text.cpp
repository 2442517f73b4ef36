#include "services/notifications/notice_text.h"

#include <array>
#include <utility>

namespace bramble::notifications {
namespace {

struct Text {
  orders::OrderStatus status;
  std::string_view ru;
  std::string_view en;
};

using enum orders::OrderStatus;

constexpr Text texts[] = {
    {pending_payment, "Заказ создан и ждёт оплаты.", "Your order waits for payment."},
    {paid, "Заказ оплачен.", "Your order is paid."},
    {assembling, "Заказ собирают на складе.", "Your order is being packed."},
    {ready_to_ship, "Заказ собран и готов к отправке.", "Your order is packed and about to leave."},
    {in_transit, "Заказ в пути.", "Your order is on its way."},
    {at_pickup_point, "Заказ ждёт вас в пункте выдачи.", "Your order is at the pickup point."},
    {delivered, "Заказ получен. Спасибо!", "You have your order. Thank you!"},
    {cancelled, "Заказ отменён.", "Your order is cancelled."},
    {expired, "Время на оплату вышло, заказ закрыт.", "The time to pay is over; the order is closed."},
    {refunded, "Деньги за заказ возвращены.", "Your money is refunded."},
    {returned, "Возврат принят.", "Your return is accepted."},
};

}  // namespace

std::string_view notice_text(orders::OrderStatus status, std::string_view lang) {
  for (const auto& text : texts) {
    if (text.status == status) return lang == "en" ? text.en : text.ru;
  }
  return {};
}

}  // namespace bramble::notifications
