#include "services/warehouse/bins/site_registry.h"

#include <algorithm>

#include "base/error.h"
#include "services/warehouse/bins/bin_plan.h"
#include "services/warehouse/staff/worker_access.h"

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

Task<ListSitesReply> SiteRegistry::list_sites(Call call, ListSitesRequest) {
  co_return co_await database_.read(call, "", [&](Tx& tx) { return ListSitesReply{goods_.sites(tx)}; });
}

Task<Site> SiteRegistry::open_site(Call call, OpenSiteRequest request) {
  const auto& site = request.site;
  if (site.site_id.empty()) throw_invalid("site.site_id", "required", "is required");
  co_return co_await database_.transact(call, site.site_id.text(), [&](Tx& tx) {
    goods_.put_site(tx, site);
    tx.publish(SiteOpened{site.site_id, site.title, site.type, site.lat, site.lon});
    return site;
  });
}

Task<PutBinsReply> SiteRegistry::put_bins(Call call, PutBinsRequest request) {
  check_is_admin(call, "only an admin says which bins a site has");
  if (request.plans.size() > most_plans)
    throw_invalid("plans", "too_many", "at most " + std::to_string(most_plans));
  for (std::size_t i = 0; i < request.plans.size(); ++i) {
    auto fault = fault_of_plan(request.plans[i]);
    if (!fault.empty()) throw_invalid("plans[" + std::to_string(i) + "]", "bad_plan", fault);
  }
  co_return co_await database_.transact(call, request.site_id.text(),
                                        [&](Tx& tx) { return put_bins_in(tx, request); });
}

PutBinsReply SiteRegistry::put_bins_in(Tx& tx, const PutBinsRequest& request) const {
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

SiteBins SiteRegistry::bins_of(Tx& tx, const SiteId& site) const {
  auto version = goods_.bins_version(tx, site);
  if (!version) throw Error(ErrorCode::not_found, "unknown_site", "there is no such site");
  return {site, goods_.bin_plans(tx, site), *version};
}

Task<SiteBins> SiteRegistry::list_bins(Call call, SiteBinsRequest request) {
  co_return co_await database_.read(call, request.site_id.text(),
                                    [&](Tx& tx) { return bins_of(tx, request.site_id); });
}

void SiteRegistry::check_bins(Tx& tx, const ReceiveRequest& request) const {
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
