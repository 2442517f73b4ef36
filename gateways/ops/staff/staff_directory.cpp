#include "gateways/ops/staff/staff_directory.h"

#include <algorithm>

#include "base/error.h"

namespace bramble::ops {

Task<void> StaffDirectory::check_site(Call call, std::optional<SiteId> site) {
  if (!site) co_return;
  auto sites = (co_await services_.warehouse.list_sites(std::move(call), {})).items;
  bool known = std::any_of(sites.begin(), sites.end(), [&](const auto& one) { return one.site_id == *site; });
  if (!known) throw_invalid("site_id", "unknown_site", "one of the sites");
}

Task<auth::ListStaffReply> StaffDirectory::list_staff(edge::HttpCall& http, Nothing) {
  co_return co_await services_.auth.list_staff(http.call, {});
}

Task<auth::HandedPassword> StaffDirectory::add_staff(edge::HttpCall& http, auth::AddStaffRequest request) {
  co_await check_site(http.call, request.site_id);
  co_return co_await services_.auth.add_staff(http.call, std::move(request));
}

Task<auth::StaffAccount> StaffDirectory::set_staff_roles(edge::HttpCall& http,
                                                         auth::SetStaffRolesRequest request) {
  co_await check_site(http.call, request.site_id);
  co_return co_await services_.auth.set_staff_roles(http.call, std::move(request));
}

Task<auth::StaffAccount> StaffDirectory::disable_staff(edge::HttpCall& http, auth::StaffRequest request) {
  co_return co_await services_.auth.disable_staff(http.call, std::move(request));
}

Task<auth::StaffAccount> StaffDirectory::enable_staff(edge::HttpCall& http, auth::StaffRequest request) {
  co_return co_await services_.auth.enable_staff(http.call, std::move(request));
}

Task<auth::HandedPassword> StaffDirectory::reset_staff_password(edge::HttpCall& http,
                                                                auth::StaffRequest request) {
  co_return co_await services_.auth.reset_staff_password(http.call, std::move(request));
}

Task<auth::StaffAccount> StaffDirectory::reset_staff_factors(edge::HttpCall& http,
                                                             auth::StaffRequest request) {
  co_return co_await services_.auth.reset_staff_factors(http.call, std::move(request));
}

}  // namespace bramble::ops
