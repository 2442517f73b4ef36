// Which bins a site has. Goods are not received into others, so that a misread label puts nothing nowhere.
#include "base/error.h"
#include "services/warehouse/bin_plan.h"
#include "services/warehouse/warehouse_service.h"

namespace bramble::warehouse {
namespace {

constexpr std::size_t most_plans = 200;
constexpr std::size_t most_named_bins = 20;

std::string listed(std::vector<std::string> bins) {
  bool more = bins.size() > most_named_bins;
  if (more) bins.resize(most_named_bins);
  std::string text;
  for (const auto& bin : bins) text += (text.empty() ? "" : ", ") + bin;
  return more ? text + " and others" : text;
}

}  // namespace

Task<PutBinsReply> WarehouseService::put_bins(Call call, PutBinsRequest request) {
  bool may = call.caller.kind == CallerKind::system || call.caller.has_role("admin");
  if (!may) throw Error(ErrorCode::forbidden, "not_an_admin", "only an admin says which bins a site has");
  if (request.plans.size() > most_plans)
    throw_invalid("plans", "too_many", "at most " + std::to_string(most_plans));
  for (std::size_t i = 0; i < request.plans.size(); ++i) {
    auto fault = fault_of_plan(request.plans[i]);
    if (!fault.empty()) throw_invalid("plans[" + std::to_string(i) + "]", "bad_plan", fault);
  }
  co_return co_await database_.transact(call, request.site_id.text(),
                                        [&](Tx& tx) { return put_bins_in(tx, request); });
}

PutBinsReply WarehouseService::put_bins_in(Tx& tx, const PutBinsRequest& request) const {
  auto bins = bins_of(tx, request.site_id);
  const auto& expected = request.if_version;
  if (!expected.empty() && std::find(expected.begin(), expected.end(), bins.version) == expected.end())
    return {PutBinsOutcome::changed, std::move(bins)};
  if (request.plans.empty() && !bins.plans.empty()) {
    auto filled = goods_.filled_bins(tx, request.site_id, most_named_bins + 1);
    if (!filled.empty()) {
      auto detail = "goods lie in " + listed(std::move(filled));
      throw Error(ErrorCode::conflict, "bins_in_use", detail, {{"plans", "bins_in_use", detail}});
    }
  }
  goods_.replace_bin_plans(tx, request.site_id, request.plans);
  return {PutBinsOutcome::stored, bins_of(tx, request.site_id)};
}

SiteBins WarehouseService::bins_of(Tx& tx, const SiteId& site) const {
  auto version = goods_.bins_version(tx, site);
  if (!version) throw Error(ErrorCode::not_found, "unknown_site", "there is no such site");
  return {site, goods_.bin_plans(tx, site), *version};
}

Task<SiteBins> WarehouseService::list_bins(Call call, SiteBinsRequest request) {
  co_return co_await database_.read(call, request.site_id.text(),
                                    [&](Tx& tx) { return bins_of(tx, request.site_id); });
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
