#include "tests/harness/worker.h"

#include <gtest/gtest.h>

namespace bramble::harness {
namespace {

std::string quoted(JsonValue value) { return "\"" + std::string(value.text()) + "\""; }

}  // namespace

Worker::Worker(Client& client, const Instance& instance, std::string_view role)
    : client_(&client), ops_(&instance.ops()) {
  auto login = instance.login(role);
  auto tokens = send(with_json("POST", *ops_ + "/api/v1/auth/tokens", password_body(login)));
  require(tokens, 200, "tokens for " + login.login);
  token_ = session_of(tokens).access_token;
}

HttpClientRequest Worker::request(std::string method, const std::string& path, std::string body) const {
  auto request = body.empty() ? get(*ops_ + path) : with_json(method, *ops_ + path, std::move(body));
  request.method = std::move(method);
  request.headers.add("Authorization", "Bearer " + token_);
  return request;
}

void Worker::receive(const std::string& sku_id, const std::string& site_id, int quantity) const {
  auto answer = send(request("POST", "/api/v1/warehouse/receipts",
                             R"({"receipt_id":")" + fresh_key() + R"(","site_id":")" + site_id +
                                 R"(","lines":[{"sku_id":")" + sku_id + R"(","quantity":)" +
                                 std::to_string(quantity) + R"(,"bin":"A-01-1"}]})"));
  EXPECT_EQ(answer.status, 201) << answer.body;
}

Reply Worker::tasks(const std::string& order) const {
  Reply answer;
  bool some = eventually([&] {
    answer = send(request("GET", "/api/v1/warehouse/tasks?type=pick&status=open&order_id=" + order));
    return answer["items"].size() > 0;
  });
  EXPECT_TRUE(some) << "no task for " << order << ": " << answer.body;
  return answer;
}

void Worker::pick(const std::string& order) const {
  auto found = tasks(order);
  for (auto task : found["items"]) {
    for (auto line : task["lines"]) {
      auto left = line["quantity"].integer() - line["picked"].integer() - line["missing"].integer();
      if (left == 0) continue;
      auto scan = R"({"scan_id":")" + fresh_key() + R"(","bin":)" + quoted(line["bin"]) + R"(,"barcode":)" +
                  quoted(line["barcode"]) + R"(,"quantity":)" + std::to_string(left) + "}";
      auto path = "/api/v1/warehouse/tasks/" + std::string(task["task_id"].text()) + "/scans";
      auto answer = send(request("POST", path, scan));
      EXPECT_EQ(answer.status, 200) << answer.body;
      // A terminal that did not hear the answer scans once more.
      auto again = send(request("POST", path, scan));
      EXPECT_EQ(again.status, 200) << again.body;
    }
  }
}

HttpClientRequest Worker::reporting(const Reply& tasks, int quantity, std::string_view reason,
                                    std::string short_id) const {
  for (auto task : tasks["items"]) {
    for (auto line : task["lines"]) {
      auto left = line["quantity"].integer() - line["picked"].integer() - line["missing"].integer();
      if (left < quantity) continue;
      return request("POST", "/api/v1/warehouse/tasks/" + std::string(task["task_id"].text()) + "/shorts",
                     R"({"short_id":")" + short_id + R"(","bin":)" + quoted(line["bin"]) + R"(,"barcode":)" +
                         quoted(line["barcode"]) + R"(,"quantity":)" + std::to_string(quantity) +
                         R"(,"reason":")" + std::string(reason) + "\"}");
    }
  }
  ADD_FAILURE() << "no line has so many left: " << tasks.body;
  return {};
}

Reply Worker::report(const std::string& order, int quantity, std::string_view reason,
                     std::string short_id) const {
  return send(reporting(tasks(order), quantity, reason, std::move(short_id)));
}

void Worker::pack(const std::string& order) const {
  auto found = tasks(order);
  for (auto task : found["items"]) {
    auto path = "/api/v1/warehouse/tasks/" + std::string(task["task_id"].text()) + "/complete";
    auto answer = send(request("POST", path, R"({"package_barcode":"PKG)" + fresh_key() + "\"}"));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
}

std::string Worker::dead_letters() const {
  auto answer = send(request("GET", "/api/v1/dead-letters"));
  return answer.status == 200 && answer["items"].size() == 0 ? "" : answer.body;
}

}  // namespace bramble::harness
