// The texts of the sandbox's pages in Russian and English.
#pragma once

#include <string>
#include <string_view>

namespace bramble::sandbox {

enum class Language { russian, english };

// The language that the payer's browser prefers; Russian if it names none of the two.
Language language_of(std::string_view accept_language);

struct AcsTexts {
  std::string_view code;  // of the language
  std::string_view bank, secure, practice;
  std::string_view card_title, sbp_title, pay_to, card, order, time_left, minutes, less_than_a_minute;
  std::string_view code_label, code_hint, wrong_code, attempts_left, confirm;
  std::string_view sbp_steps, sbp_confirm, cancel;
  std::string_view practice_phone, phone_practice, messages, phone_number, show_messages, no_messages;
  std::string_view sandbox, sign_in, token, token_hint, wrong_token, enter;
  std::string_view expired, expired_hint, back, unknown, unknown_hint;
};

const AcsTexts& acs_texts(Language language);

// "1 999,00 ₽" or "₽1,999.00", with spaces that do not break.
std::string amount_text(std::int64_t amount_minor, Language language);

}  // namespace bramble::sandbox
