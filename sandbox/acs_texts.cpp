#include "sandbox/acs_texts.h"

#include <algorithm>

namespace bramble::sandbox {
namespace {

constexpr AcsTexts russian{
    .code = "ru",
    .bank = "Учебный банк",
    .secure = "Защищено",
    .practice = "Это банк для учёбы и проверок: деньги в нём не настоящие.",
    .card_title = "Подтвердите оплату",
    .sbp_title = "Оплата через СБП",
    .pay_to = "Магазин",
    .card = "Карта",
    .order = "Заказ",
    .time_left = "Осталось времени",
    .minutes = "мин",
    .less_than_a_minute = "меньше минуты",
    .code_label = "Код из СМС",
    .code_hint = "Настоящий банк прислал бы код в СМС. Здесь код всегда 1234.",
    .wrong_code = "Код не подошёл.",
    .attempts_left = "Осталось попыток: ",
    .confirm = "Подтвердить оплату",
    .sbp_steps = "С настоящим банком вы открыли бы его приложение и навели камеру на код. Здесь достаточно "
                 "кнопки.",
    .sbp_confirm = "Подтвердить перевод",
    .cancel = "Отказаться от оплаты",
    .practice_phone = "Учебный телефон",
    .phone_practice = "Сюда приходит то, что магазин отправляет в СМС.",
    .messages = "Сообщения",
    .phone_number = "Номер телефона",
    .show_messages = "Показать",
    .no_messages = "На этот номер пока ничего не пришло. Страница обновится сама.",
    .sandbox = "Песочница",
    .sign_in = "Вход в песочницу",
    .token = "Токен",
    .token_hint = "Он задан при запуске: sandbox.token_file или BRAMBLE_SANDBOX_TOKEN.",
    .wrong_token = "Токен не подошёл.",
    .enter = "Войти",
    .expired = "Время на оплату вышло",
    .expired_hint = "Платёж отклонён, деньги не списаны. В магазине можно заказать ещё раз.",
    .back = "Вернуться в магазин",
    .unknown = "Такого платежа нет",
    .unknown_hint = "Ссылка неполная или устарела. Откройте заказ в магазине и перейдите к оплате оттуда."};

constexpr AcsTexts english{
    .code = "en",
    .bank = "Practice Bank",
    .secure = "Secure",
    .practice = "This is a bank for practice and tests: the money in it is not real.",
    .card_title = "Confirm your payment",
    .sbp_title = "Pay by SBP",
    .pay_to = "Shop",
    .card = "Card",
    .order = "Order",
    .time_left = "Time left",
    .minutes = "min",
    .less_than_a_minute = "less than a minute",
    .code_label = "Code from the text message",
    .code_hint = "A real bank would have sent the code to your phone. Here it is always 1234.",
    .wrong_code = "That code is wrong.",
    .attempts_left = "Attempts left: ",
    .confirm = "Confirm the payment",
    .sbp_steps = "With a real bank you would open its app and point the camera at the code. Here the button "
                 "is enough.",
    .sbp_confirm = "Confirm the transfer",
    .cancel = "Decline the payment",
    .practice_phone = "Practice phone",
    .phone_practice = "This is where the shop's text messages come to.",
    .messages = "Messages",
    .phone_number = "Phone number",
    .show_messages = "Show",
    .no_messages = "Nothing has come to this number yet. The page looks again by itself.",
    .sandbox = "Sandbox",
    .sign_in = "Sign in to the sandbox",
    .token = "Token",
    .token_hint = "It was set when the server was started: sandbox.token_file or BRAMBLE_SANDBOX_TOKEN.",
    .wrong_token = "That token is wrong.",
    .enter = "Sign in",
    .expired = "The time to pay is over",
    .expired_hint = "The payment was declined and no money was taken. You can order again in the shop.",
    .back = "Back to the shop",
    .unknown = "There is no such payment",
    .unknown_hint =
        "The link is incomplete or too old. Open your order in the shop and go on to pay from there."};

}  // namespace

const AcsTexts& acs_texts(Language language) { return language == Language::russian ? russian : english; }

std::string amount_text(std::int64_t amount_minor, Language language) {
  bool ru = language == Language::russian;
  auto whole = std::to_string(amount_minor / 100);
  for (auto at = static_cast<std::ptrdiff_t>(whole.size()) - 3; at > 0; at -= 3) {
    whole.insert(static_cast<std::size_t>(at), ru ? "\u00A0" : ",");
  }
  auto minor = amount_minor % 100;
  whole.append(ru ? "," : ".").append(minor < 10 ? "0" : "").append(std::to_string(minor));
  return ru ? whole + "\u00A0₽" : "₽" + whole;
}

Language language_of(std::string_view accept_language) {
  auto quality = [&](std::string_view wanted) {
    double best = -1;
    for (auto rest = accept_language; !rest.empty();) {
      auto end = std::min(rest.find(','), rest.size());
      auto item = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      while (item.starts_with(' ')) item.remove_prefix(1);
      bool same = item.size() >= 2 && (item[0] | 0x20) == wanted[0] && (item[1] | 0x20) == wanted[1] &&
                  (item.size() == 2 || item[2] == '-' || item[2] == ';' || item[2] == ' ');
      if (!same) continue;
      auto q = item.find("q=");
      bool zero_point = q != std::string_view::npos && item.substr(q).starts_with("q=0");
      double value = zero_point && item.size() > q + 4 ? (item[q + 4] - '0') / 10.0 : zero_point ? 0 : 1;
      best = std::max(best, value);
    }
    return best;
  };
  auto english_quality = quality("en");
  return english_quality > 0 && english_quality > quality("ru") ? Language::english : Language::russian;
}

}  // namespace bramble::sandbox
