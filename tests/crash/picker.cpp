#include "tests/crash/picker.h"

namespace bramble::crash {
namespace {

constexpr const char* tasks = "/api/v1/warehouse/tasks";

}  // namespace

Picker::Step Picker::step_of(const harness::Reply& reply, const std::string& what) {
  if (reply.status == 409) return Step::task_closed;  // cancelled meanwhile
  if (reply.status == 200) return Step::done;
  if (!findings_.dying)
    findings_.add(what + " was answered " + std::to_string(reply.status) + " " + reply.body);
  return Step::died;
}

// One unit of some lines, always the same ones, is not there or not fit to be sent.
Picker::Step Picker::report(harness::Wire& ops, const std::string& task, int number, JsonValue line) {
  auto id = task + "." + std::to_string(number) + ".short";
  auto luck = std::hash<std::string>()(id) % 12;
  if (luck > 1 || line["missing"].integer() > 0) return Step::done;
  if (short_picks_.contains(id)) findings_.add("short pick " + id + " was acknowledged, and is lost (I21)");
  auto body = "{\"short_id\":" + harness::json_string(id) +
              ",\"bin\":" + harness::json_string(line["bin"].text()) +
              ",\"barcode\":" + harness::json_string(line["barcode"].text()) +
              ",\"quantity\":1,\"reason\":" + harness::json_string(luck == 0 ? "not_found" : "damaged") + "}";
  auto reply = ops.ask("POST", std::string(tasks) + "/" + task + "/shorts", session_.header(), body);
  auto step = step_of(reply, "a short pick");
  if (step == Step::done) short_picks_.insert(id);
  return step;
}

Picker::Step Picker::pick(harness::Wire& ops, const std::string& task, int number, JsonValue line) {
  auto left = line["quantity"].integer() - line["picked"].integer() - line["missing"].integer();
  if (left <= 0) return Step::done;
  auto known = short_picks_.size();
  if (auto step = report(ops, task, number, line); step != Step::done) return step;
  if (short_picks_.size() > known) --left;
  if (left == 0) return Step::done;
  auto scan = "{\"scan_id\":" + harness::json_string(task + "." + std::to_string(number)) +
              ",\"bin\":" + harness::json_string(line["bin"].text()) +
              ",\"barcode\":" + harness::json_string(line["barcode"].text()) +
              ",\"quantity\":" + std::to_string(left) + "}";
  return step_of(ops.ask("POST", std::string(tasks) + "/" + task + "/scans", session_.header(), scan),
                 "a scan");
}

// Scans, short picks and parcels are named after their task, so that doing it again after a crash is the same
// work.
bool Picker::pack(harness::Wire& ops, JsonValue task) {
  auto id = std::string(task["task_id"].text());
  int number = 0;
  for (auto line : task["lines"]) {
    auto step = pick(ops, id, ++number, line);
    if (step != Step::done) return step == Step::task_closed;
  }
  auto reply = ops.ask("POST", std::string(tasks) + "/" + id + "/complete", session_.header(),
                       "{\"package_barcode\":" + harness::json_string("PKG-" + id) + "}");
  if (reply.status == 200) packed_tasks_.insert(id);
  return step_of(reply, "a parcel") != Step::died;
}

int Picker::work(const harness::Instance& instance, const std::atomic<bool>& enough) {
  harness::Wire ops(instance.ops());
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

void Picker::look_back(const harness::Instance& instance) {
  harness::Wire ops(instance.ops());
  for (const auto& id : packed_tasks_) {
    auto reply = ops.ask("GET", std::string(tasks) + "/" + id, session_.header());
    if (reply.text("status") != "done")
      findings_.add("task " + id + " was packed, and is now: " + reply.body + " (I21)");
  }
}

}  // namespace bramble::crash
