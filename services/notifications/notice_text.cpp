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

// "1 999,50 ₽" or "1,999.50 RUB", as the languages write it.
std::string money_text(const Money& money, bool english) {
  auto whole = std::to_string(money.amount_minor / 100);
  for (auto at = std::ssize(whole) - 3; at > 0; at -= 3)
    whole.insert(static_cast<std::size_t>(at), english ? "," : "\u00a0");
  auto cents = std::to_string(100 + money.amount_minor % 100).substr(1);
  auto unit = money.currency == "RUB" && !english ? "₽" : money.currency;
  return whole + (english ? "." : ",") + cents + "\u00a0" + unit;
}

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

std::string_view cancel_refused_text(std::string_view lang) {
  return lang == "en"
             ? "Too late to cancel: your order is already packed. You can refuse it at the pickup point."
             : "Отменить заказ уже нельзя: он собран. Вы можете отказаться от него в пункте выдачи.";
}

std::string_view payment_declined_text(std::string_view lang) {
  return lang == "en"
             ? "Your payment did not go through. Your items are still on hold: you can pay another way."
             : "Оплата не прошла. Товары пока за вами: оплатите заказ другим способом.";
}

std::string items_text(orders::ItemsChange change, std::int64_t quantity, const Money& amount,
                       std::string_view lang) {
  bool english = lang == "en";
  auto units = std::to_string(quantity);
  auto money = money_text(amount, english);
  switch (change) {
    case orders::ItemsChange::replaced:
      return english
                 ? "Not found in the warehouse: " + units + ". Another one sends it, in a parcel of its own."
                 : "На складе не нашлось: " + units + " шт. Отправим с другого, отдельной посылкой.";
    case orders::ItemsChange::cancelled:
      return english ? "Not found: " + units + ". We cancelled that part of your order and give back " +
                           money + "."
                     : "Не нашлось: " + units + " шт. Мы отменили их и возвращаем " + money + ".";
    case orders::ItemsChange::called_off:
      return english ? "Cancelled as agreed: " + units + ". We give back " + money + "."
                     : "Отменили по договорённости с вами: " + units + " шт. Возвращаем " + money + ".";
    case orders::ItemsChange::refunded:
      return english ? money + " for the cancelled part of your order is refunded."
                     : "Возвращено за отменённые товары: " + money + ".";
  }
  return {};
}

}  // namespace bramble::notifications
