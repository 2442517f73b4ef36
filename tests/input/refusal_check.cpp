#include "tests/input/refusal_check.h"

namespace bramble::input {

std::string check_refusal(const harness::Reply& reply, std::string_view field) {
  if (reply.status == 0) return "no answer";
  if (reply.status >= 500) return "a failure of ours";
  if (reply.status < 400) return "it was accepted";
  if (!reply.header("content-type").starts_with("application/problem+json")) return "not problem+json";
  auto json = reply.json();
  auto problem = json.root();
  if (problem["status"].integer() != reply.status) return "another status in the problem";
  for (auto member : {"type", "title", "detail", "code", "request_id"}) {
    if (problem[member].text().empty()) return std::string("the problem has no ") + member;
  }
  if (problem["request_id"].text() != reply.header("x-request-id")) return "another request_id in the header";
  if (field.empty()) return {};
  for (auto error : problem["errors"]) {
    bool whole = !error["code"].text().empty() && !error["detail"].text().empty();
    if (error["field"].text() == field) return whole ? "" : "the field's error says nothing";
  }
  return "the field is not named";
}

}  // namespace bramble::input
