// Who comes to the doors, and what is behind them: an instance where buyer A has an order with a task to pack
// it at one site, and workers of that site and of another.
#pragma once

#include <map>

#include "testing/scratch_folder.h"
#include "tests/harness/people.h"

namespace bramble::access {

enum class Who { nobody, buyer_a, buyer_b, worker, other_worker, support, admin, merchant };
constexpr Who everybody[] = {Who::nobody,       Who::buyer_a, Who::buyer_b, Who::worker,
                             Who::other_worker, Who::support, Who::admin,   Who::merchant};
std::string name_of(Who who);

class Cast {
 public:
  Cast();

  const harness::Instance& instance() const { return *instance_; }
  std::string data() const { return folder_.path() + "/data"; }
  const std::string& origin(const std::string& gateway) const;
  const harness::Session& session(Who who) const { return sessions_.at(who); }
  // The Authorization line; empty for nobody.
  std::string header(Who who) const;

  // Of A, in everything's own words.
  const std::string& order() const { return order_; }
  const std::string& task() const { return task_; }
  const std::string& sku() const { return sku_; }
  const std::string& site() const { return site_; }
  const std::string& pickup_point() const { return pickup_point_; }

  // A paid order of A; its id.
  std::string buy(const std::string& key, const std::string& token);

 private:
  void sign_in();
  void find_goods();
  void find_task();

  ScratchFolder folder_;
  std::unique_ptr<harness::Instance> instance_;
  std::map<Who, harness::Session> sessions_;
  std::string order_, task_, sku_, site_, pickup_point_;
};

Cast& cast();

}  // namespace bramble::access
