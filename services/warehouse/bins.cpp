// Which bins a site has. Goods are not received into others, so that a misread label puts nothing nowhere.
#include "base/error.h"
#include "services/warehouse/bin_plan.h"
#include "services/warehouse/warehouse_service.h"

namespace bramble::warehouse {
namespace {

constexpr std::size_t most_plans = 200;

}  // namespace

Task<SiteBins> WarehouseService::put_bins(Call call, SiteBins request) {
  bool may = call.caller.kind == CallerKind::system || call.caller.has_role("admin");
  if (!may) throw Error(ErrorCode::forbidden, "not_an_admin", "only an admin says which bins a site has");
  if (request.plans.size() > most_plans)
    throw_invalid("plans", "too_many", "at most " + std::to_string(most_plans));
  for (std::size_t i = 0; i < request.plans.size(); ++i) {
    auto fault = fault_of_plan(request.plans[i]);
    if (!fault.empty()) throw_invalid("plans[" + std::to_string(i) + "]", "bad_plan", fault);
  }
  co_return co_await database_.transact(call, request.site_id.text(), [&](Tx& tx) {
    if (!goods_.find_site(tx, request.site_id))
      throw Error(ErrorCode::not_found, "unknown_site", "there is no such site");
    goods_.drop_bin_plans(tx, request.site_id);
    for (const auto& plan : request.plans) goods_.add_bin_plan(tx, request.site_id, plan);
    return SiteBins{request.site_id, goods_.bin_plans(tx, request.site_id)};
  });
}

Task<SiteBins> WarehouseService::list_bins(Call call, SiteBinsRequest request) {
  co_return co_await database_.read(call, request.site_id.text(), [&](Tx& tx) {
    if (!goods_.find_site(tx, request.site_id))
      throw Error(ErrorCode::not_found, "unknown_site", "there is no such site");
    return SiteBins{request.site_id, goods_.bin_plans(tx, request.site_id)};
  });
}

// What is for sale never lies in quarantine. An opening stock lies where it lies: its bins are the site's.
void WarehouseService::check_bins(Tx& tx, const ReceiveRequest& request) const {
  auto plans = goods_.bin_plans(tx, request.site_id);
  std::vector<FieldError> errors;
  for (std::size_t i = 0; i < request.lines.size(); ++i) {
    const auto& bin = request.lines[i].bin;
    auto field = "lines[" + std::to_string(i) + "].bin";
    if (bin == quarantine_bin) {
      errors.push_back({field, "unknown_bin", "goods are not received into quarantine"});
    } else if (!is_known_bin(plans, bin)) {
      if (request.opening) {
        goods_.add_bin_plan(tx, request.site_id, bin);
      } else {
        errors.push_back({field, "unknown_bin", "the site has no bin " + bin});
      }
    }
  }
  if (errors.empty()) return;
  auto detail = errors.front().detail;
  throw Error(ErrorCode::conflict, "unknown_bin", detail, std::move(errors));
}

}  // namespace bramble::warehouse
