// Accounts of staff, as admins manage them.
#pragma once

#include "gateways/edge/route.h"
#include "gateways/ops/services.h"

namespace bramble::ops {

class StaffDirectory {
 public:
  explicit StaffDirectory(const Services& services) : services_(services) {}

  Task<auth::ListStaffReply> list_staff(edge::HttpCall& http, Nothing request);
  Task<auth::HandedPassword> add_staff(edge::HttpCall& http, auth::AddStaffRequest request);
  Task<auth::StaffAccount> set_staff_roles(edge::HttpCall& http, auth::SetStaffRolesRequest request);
  Task<auth::StaffAccount> disable_staff(edge::HttpCall& http, auth::StaffRequest request);
  Task<auth::StaffAccount> enable_staff(edge::HttpCall& http, auth::StaffRequest request);
  Task<auth::HandedPassword> reset_staff_password(edge::HttpCall& http, auth::StaffRequest request);
  Task<auth::StaffAccount> reset_staff_factors(edge::HttpCall& http, auth::StaffRequest request);

 private:
  Task<void> check_site(Call call, std::optional<SiteId> site);

  Services services_;
};

}  // namespace bramble::ops
