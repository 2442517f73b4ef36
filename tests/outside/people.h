// Signing people in from outside, as their phones and terminals do. Everything throws std::runtime_error that
// says what was answered instead.
#pragma once

#include <string>

#include "tests/outside/instance.h"
#include "tests/outside/wire.h"

namespace bramble::outside {

struct Session {
  std::string user_id;
  std::string access_token;
  std::string refresh_token;

  std::string header() const { return bearer(access_token); }
};

// Throws unless the answer has the status wanted.
void require(const Reply& reply, int wanted, const std::string& what);

Session session_of(const Reply& reply);

Session sign_in_buyer(const Instance& instance, const std::string& phone);
Session sign_in_staff(const Instance& instance, const load::StaffLogin& login);

// The code that was last sent to a phone.
std::string last_code(const Instance& instance, const std::string& phone);

// A text as JSON, with its quotes.
std::string json_string(std::string_view text);

}  // namespace bramble::outside
