// The tables of pick tasks, scans and short picks.
#pragma once

#include <optional>
#include <vector>

#include "ports/database.h"
#include "services/warehouse/warehouse.api.h"

namespace bramble::warehouse {

enum class PickState { open, started, packed, cancelled };

class PickStore {
 public:
  // A worker who was not heard of for so long has the task no more.
  explicit PickStore(Duration kept_for) : kept_for_(kept_for) {}

  std::optional<PickState> find_order(Tx& tx, const OrderId& order) const;
  void put_order(Tx& tx, const OrderId& order, PickState state) const;
  void add_order(Tx& tx, const OrderId& order, const PickupPointId& destination) const;

  void add_task(Tx& tx, const PickTask& task) const;
  std::optional<PickTask> find_task(Tx& tx, const TaskId& task) const;
  std::vector<PickTask> tasks_of(Tx& tx, const OrderId& order) const;
  std::vector<PickTask> list(Tx& tx, const ListTasksRequest& request, TaskStatus status) const;
  std::int64_t count(Tx& tx, const ListTasksRequest& request, TaskStatus status) const;

  void add_picked(Tx& tx, const TaskId& task, std::size_t line, std::int64_t quantity) const;
  void cancel_task(Tx& tx, const TaskId& task) const;
  // The parcel keeps its number from now on; `label` is what its label says.
  void pack_task(Tx& tx, const PickTask& task, const std::string& package, const std::string& label) const;
  void put_label(Tx& tx, const TaskId& task, const std::string& label) const;
  // The task is the worker's from now on, and nobody else's.
  void claim(Tx& tx, const TaskId& task, const std::string& worker) const;
  void end_claim(Tx& tx, const TaskId& task) const;
  // Whether it was the worker's at that time: they had taken it, nobody had ended that, and they had been
  // heard of within `kept_for`.
  bool was_claimed(Tx& tx, const TaskId& task, const std::string& worker, Time at) const;
  bool is_package_taken(Tx& tx, const std::string& package, const TaskId& by_another_than) const;

  std::optional<ScanRequest> find_scan(Tx& tx, const std::string& scan) const;
  // `device_at`, by the device's clock, is recorded beside the server's time.
  void add_scan(Tx& tx, const ScanRequest& scan, const std::string& by_whom,
                std::optional<Time> device_at) const;

  std::optional<ShortRequest> find_short(Tx& tx, const std::string& short_id) const;
  // Takes the units off the line of the task.
  void add_short(Tx& tx, const ShortRequest& report, std::size_t line, const PickTask& task,
                 const std::string& by_whom, std::optional<Time> device_at = std::nullopt) const;
  // False if there is no such short pick of the order, or it was decided before.
  bool mark_decided(Tx& tx, const OrderId& order, const std::string& short_id) const;
  bool has_undecided(Tx& tx, const OrderId& order) const;

 private:
  std::vector<PickTask> tasks_from(Tx& tx, const Rows& rows) const;

  Duration kept_for_;
};

}  // namespace bramble::warehouse
