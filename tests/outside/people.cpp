#include "tests/outside/people.h"

#include <stdexcept>

#include "base/text.h"
#include "ports/http_problem.h"

namespace bramble::outside {

void require(const Reply& reply, int wanted, const std::string& what) {
  if (reply.status == wanted) return;
  throw std::runtime_error(what + ": " + std::to_string(wanted) + " expected, but it was " +
                           std::to_string(reply.status) + " " + reply.body);
}

Session session_of(const Reply& reply) {
  auto json = reply.json();
  return {std::string(json.root()["user"]["user_id"].text()), reply.text("access_token"),
          reply.text("refresh_token")};
}

std::string json_string(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

std::string last_code(const Instance& instance, const std::string& phone) {
  Wire sandbox(instance.sandbox());
  auto inbox = sandbox.ask("GET", "/sms?phone=" + percent_encode(phone));
  require(inbox, 200, "SMS inbox");
  auto json = inbox.json();
  if (json.root()["items"].size() == 0) throw std::runtime_error("no SMS came to " + phone);
  return std::string((*json.root()["items"].begin())["code"].text());
}

Session sign_in_buyer(const Instance& instance, const std::string& phone) {
  Wire shop(instance.storefront());
  auto challenge = shop.ask("POST", "/api/v1/auth/codes", {}, "{\"phone\":" + json_string(phone) + "}");
  require(challenge, 202, "a code for " + phone);
  auto tokens =
      shop.ask("POST", "/api/v1/auth/tokens", {},
               R"({"grant_type":"phone_code","challenge_id":)" + json_string(challenge.text("challenge_id")) +
                   ",\"code\":" + json_string(last_code(instance, phone)) + "}");
  require(tokens, 200, "tokens for " + phone);
  return session_of(tokens);
}

Session sign_in_staff(const Instance& instance, const load::StaffLogin& login) {
  Wire ops(instance.ops());
  auto tokens = ops.ask("POST", "/api/v1/auth/tokens", {},
                        R"({"grant_type":"password","login":)" + json_string(login.login) +
                            ",\"password\":" + json_string(login.password) + "}");
  require(tokens, 200, "tokens for " + login.login);
  return session_of(tokens);
}

}  // namespace bramble::outside
