#include "bench/load/scenario.h"

#include <stdexcept>

#include "bench/load/json_scan.h"

namespace bramble::load {

std::string failure_kind(std::string_view what, const HttpResponse& answer) {
  auto kind = std::string(what) + ": ";
  if (answer.status == 0) return kind.append(answer.failure);
  kind += std::to_string(answer.status);
  if (auto code = json_text(json_member(answer.body, "code"))) kind += " " + *code;
  return kind;
}

void Pass::renew(Connection& connection, std::function<void(const HttpResponse&)> then) {
  auto body = R"({"grant_type":"refresh_token","refresh_token":")" + session_.refresh_token + "\"}";
  connection.send(request_text("POST", "/api/v1/auth/tokens", connection.authority(), {}, body),
                  [this, then = std::move(then)](const HttpResponse& answer) {
                    if (answer.status == 200) {
                      session_ = session_of(answer.body);
                      header_ = session_.header();
                    }
                    then(answer);
                  });
}

}  // namespace bramble::load
