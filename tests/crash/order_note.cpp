#include "tests/crash/order_note.h"

#include <algorithm>

namespace bramble::crash {

bool OrderNote::was(const std::string& status) const {
  return std::any_of(history.begin(), history.end(), [&](const auto& step) { return step.first == status; });
}

bool is_end(const std::string& status) {
  return status == "READY_TO_SHIP" || status == "CANCELLED" || status == "EXPIRED" || status == "REFUNDED";
}

std::string learn(OrderNote& note, JsonValue order) {
  std::string who = "order " + std::string(order["order_id"].text()) + " ";
  if (note.order_id.empty()) {
    note.order_id = order["order_id"].text();
    note.total_minor = order["total"]["amount_minor"].integer();
  }
  if (note.order_id != order["order_id"].text()) return who + "was shown as " + note.order_id;
  if (note.total_minor != order["total"]["amount_minor"].integer()) return who + "has another total";
  Lines lines;
  for (auto line : order["items"]) lines[std::string(line["sku_id"].text())] += line["quantity"].integer();
  if (lines != note.wanted) return who + "has other lines";
  std::int64_t cancelled_minor = 0;
  for (auto refund : order["refunds"]) cancelled_minor += refund["amount"]["amount_minor"].integer();
  if (cancelled_minor < note.cancelled_minor) return who + "has found again what was cancelled";
  note.cancelled_minor = cancelled_minor;
  std::vector<std::pair<std::string, std::string>> history;
  for (auto step : order["history"]) history.emplace_back(step["status"].text(), step["at"].text());
  bool grows = history.size() >= note.history.size() &&
               std::equal(note.history.begin(), note.history.end(), history.begin());
  if (!grows) return who + "has lost a part of its history, which went to " + note.status();
  note.history = std::move(history);
  if (note.status() != order["status"].text())
    return who + "has a status that is not the last of its history";
  auto payment = order["payment"]["status"].text();
  bool has_money = payment == "CAPTURED" || payment == "REFUNDED";
  if (note.captured && !has_money) return who + "was paid, and its payment is now " + std::string(payment);
  note.captured = note.captured || has_money;
  if (note.cancelled && note.status() != "CANCELLED" && note.status() != "REFUNDED" &&
      note.status() != "EXPIRED") {
    return who + "was cancelled, and is now " + note.status();
  }
  return {};
}

}  // namespace bramble::crash
