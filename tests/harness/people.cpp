#include "tests/harness/people.h"

#include <stdexcept>

#include "base/text.h"
#include "ports/http_problem.h"

namespace bramble::harness {

Session session_of(const Reply& reply) {
  return {std::string(reply["user"]["user_id"].text()), reply.text("access_token"),
          reply.text("refresh_token")};
}

std::string json_string(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

std::string inbox_path(const std::string& phone) { return "/sms?phone=" + percent_encode(phone); }

std::string newest_code(const Reply& inbox) {
  require(inbox, 200, "SMS inbox");
  if (inbox["items"].size() == 0) throw std::runtime_error("no SMS came");
  return std::string((*inbox["items"].begin())["code"].text());
}

std::string last_code(const std::string& sandbox, const std::string& phone) {
  return newest_code(Wire(sandbox).ask("GET", inbox_path(phone)));
}

std::string code_body(const std::string& phone) { return "{\"phone\":" + json_string(phone) + "}"; }

std::string phone_code_body(const std::string& challenge_id, const std::string& code) {
  return R"({"grant_type":"phone_code","challenge_id":)" + json_string(challenge_id) +
         ",\"code\":" + json_string(code) + "}";
}

Session sign_in_buyer(const std::string& storefront, const std::string& sandbox, const std::string& phone) {
  Wire shop(storefront);
  auto challenge = shop.ask("POST", "/api/v1/auth/codes", {}, code_body(phone));
  require(challenge, 202, "a code for " + phone);
  auto tokens = shop.ask("POST", "/api/v1/auth/tokens", {},
                         phone_code_body(challenge.text("challenge_id"), last_code(sandbox, phone)));
  require(tokens, 200, "tokens for " + phone);
  return session_of(tokens);
}

std::string password_body(const load::StaffLogin& login) {
  return R"({"grant_type":"password","login":)" + json_string(login.login) +
         ",\"password\":" + json_string(login.password) + "}";
}

Session sign_in_staff(const Instance& instance, const load::StaffLogin& login) {
  auto tokens = Wire(instance.ops()).ask("POST", "/api/v1/auth/tokens", {}, password_body(login));
  require(tokens, 200, "tokens for " + login.login);
  return session_of(tokens);
}

}  // namespace bramble::harness
