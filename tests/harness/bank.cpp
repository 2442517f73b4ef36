#include "tests/harness/bank.h"

namespace bramble::harness {

std::map<std::string, std::vector<BankRow>> BankReport::by_order() const {
  std::map<std::string, std::vector<BankRow>> found;
  for (const auto& row : rows) found[row.order_id].push_back(row);
  return found;
}

HttpClientRequest confirmation(std::string redirect_url, std::string_view code) {
  HttpClientRequest request;
  request.method = "POST";
  request.url = std::move(redirect_url);
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = "code=" + std::string(code);
  return request;
}

void Bank::misbehave(const std::string& faults) const {
  require(client_.send(with_json("PUT", address_ + "/faults", faults)), 200, "the faults of the bank");
}

BankReport Bank::report() const {
  BankReport report;
  for (int page = 1;; ++page) {
    auto reply = client_.send(get(address_ + "/report?limit=100&page=" + std::to_string(page)));
    require(reply, 200, "the bank's report");
    for (auto row : reply["items"]) {
      report.rows.push_back({std::string(row["payment_id"].text()), std::string(row["order_id"].text()),
                             std::string(row["status"].text()), row["captured_minor"].integer(),
                             row["refunded_minor"].integer()});
    }
    report.captured_minor = reply["captured_minor"].integer();
    report.refunded_minor = reply["refunded_minor"].integer();
    report.captures = reply["captures"].integer();
    report.refunds = reply["refunds"].integer();
    if (std::ssize(report.rows) >= reply["total"].integer() || reply["items"].size() == 0) return report;
  }
}

}  // namespace bramble::harness
