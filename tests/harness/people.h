// Signs people in as their phones and terminals do. Everything throws std::runtime_error that says what was
// answered instead.
#pragma once

#include <string>

#include "tests/harness/instance.h"
#include "tests/harness/wire.h"

namespace bramble::harness {

struct Session {
  std::string user_id;
  std::string access_token;
  std::string refresh_token;

  std::string header() const { return bearer(access_token); }
};

Session session_of(const Reply& reply);

Session sign_in_buyer(const std::string& storefront, const std::string& sandbox, const std::string& phone);
inline Session sign_in_buyer(const Instance& instance, const std::string& phone) {
  return sign_in_buyer(instance.storefront(), instance.sandbox(), phone);
}
Session sign_in_staff(const Instance& instance, const load::StaffLogin& login);
// The body of that request.
std::string password_body(const load::StaffLogin& login);

// The path of the sandbox's inbox of a phone.
std::string inbox_path(const std::string& phone);
// The newest code in an answer of the inbox.
std::string newest_code(const Reply& inbox);
// The code that was last sent to a phone.
std::string last_code(const std::string& sandbox, const std::string& phone);

// Bodies of the two requests of a sign-in.
std::string code_body(const std::string& phone);
std::string phone_code_body(const std::string& challenge_id, const std::string& code);

// A text as JSON, with its quotes.
std::string json_string(std::string_view text);

}  // namespace bramble::harness
