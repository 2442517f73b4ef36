#include "tests/scenarios/bank.h"

#include <gtest/gtest.h>

namespace bramble::scenarios {

HttpClientRequest confirmation(std::string redirect_url, std::string_view code) {
  HttpClientRequest request;
  request.method = "POST";
  request.url = std::move(redirect_url);
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = "code=" + std::string(code);
  return request;
}

void Bank::misbehave(std::string faults) {
  auto answer = web_.send(with_json("PUT", address_ + "/faults", std::move(faults)));
  ASSERT_EQ(answer.status, 200) << answer.body;
}

BankReport Bank::report() {
  BankReport report;
  for (int page = 1;; ++page) {
    auto answer = web_.send(get(address_ + "/report?limit=100&page=" + std::to_string(page)));
    EXPECT_EQ(answer.status, 200) << answer.body;
    report.captured_minor = answer["captured_minor"].integer();
    report.refunded_minor = answer["refunded_minor"].integer();
    report.captures = answer["captures"].integer();
    report.refunds = answer["refunds"].integer();
    for (auto item : answer["items"]) {
      report.of_order[std::string(item["order_id"].text())].push_back(
          {std::string(item["payment_id"].text()), std::string(item["status"].text()),
           item["captured_minor"].integer(), item["refunded_minor"].integer()});
    }
    if (answer["items"].size() < 100) return report;
  }
}

}  // namespace bramble::scenarios
