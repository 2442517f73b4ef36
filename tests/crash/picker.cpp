#include "tests/crash/picker.h"

namespace bramble::crash {
namespace {

constexpr const char* tasks = "/api/v1/warehouse/tasks";

}  // namespace

// Scans and parcels are named after their task, so that doing it again after a crash is the same work.
bool Picker::pack(outside::Wire& ops, JsonValue task) {
  auto id = std::string(task["task_id"].text());
  auto path = std::string(tasks) + "/" + id;
  int number = 0;
  for (auto line : task["lines"]) {
    ++number;
    auto left = line["quantity"].integer() - line["picked"].integer();
    if (left <= 0) continue;
    auto scan = "{\"scan_id\":" + outside::quoted(id + "." + std::to_string(number)) +
                ",\"bin\":" + outside::quoted(line["bin"].text()) +
                ",\"barcode\":" + outside::quoted(line["barcode"].text()) +
                ",\"quantity\":" + std::to_string(left) + "}";
    auto reply = ops.ask("POST", path + "/scans", session_.header(), scan);
    if (reply.status == 409) return true;  // cancelled meanwhile
    if (reply.status == 200) continue;
    if (!findings_.dying)
      findings_.add("a scan was answered " + std::to_string(reply.status) + " " + reply.body);
    return false;
  }
  auto reply = ops.ask("POST", path + "/complete", session_.header(),
                       "{\"package_barcode\":" + outside::quoted("PKG-" + id) + "}");
  if (reply.status == 200) packed_tasks_.insert(id);
  if (reply.status == 200 || reply.status == 409) return true;
  if (!findings_.dying)
    findings_.add("a parcel was answered " + std::to_string(reply.status) + " " + reply.body);
  return false;
}

int Picker::work(const outside::Instance& instance, const std::atomic<bool>& enough) {
  outside::Wire ops(instance.ops());
  auto reply = ops.ask("GET", std::string(tasks) + "?type=pick&status=open&limit=100", session_.header());
  if (reply.status != 200) {
    if (!findings_.dying) findings_.add("open tasks: " + std::to_string(reply.status) + " " + reply.body);
    return -1;
  }
  auto json = reply.json();
  int found = 0;
  for (auto task : json.root()["items"]) {
    if (enough) break;
    if (!pack(ops, task)) return -1;
    ++found;
  }
  return found;
}

void Picker::look_back(const outside::Instance& instance) {
  outside::Wire ops(instance.ops());
  for (const auto& id : packed_tasks_) {
    auto reply = ops.ask("GET", std::string(tasks) + "/" + id, session_.header());
    if (reply.text("status") != "done")
      findings_.add("task " + id + " was packed, and is now: " + reply.body + " (I21)");
  }
}

}  // namespace bramble::crash
