#include "services/warehouse/staff/worker_access.h"

#include "base/error.h"

namespace bramble::warehouse {

void WorkerAccess::check_works_at(const Call& call, const SiteId& site) const {
  const auto& caller = call.caller;
  if (caller.kind == CallerKind::system) return;
  bool worker = caller.kind == CallerKind::staff &&
                (caller.has_role("warehouse") || caller.has_role("supervisor") || caller.has_role("admin"));
  if (!worker) throw Error(ErrorCode::forbidden, "not_a_worker", "only warehouse staff may do this");
  bool elsewhere = !caller.site.empty() && caller.site != site.text() && !caller.has_role("admin");
  if (bind_workers_ && elsewhere) {
    throw Error(ErrorCode::forbidden, "other_site", "you work at " + caller.site + ", not at " + site.text());
  }
}

std::optional<SiteId> WorkerAccess::home_of(const Call& call) const {
  if (!bind_workers_ || call.caller.site.empty()) return std::nullopt;
  return SiteId(call.caller.site);
}

bool is_supervisor(const Caller& caller) {
  return caller.kind == CallerKind::system || caller.has_role("supervisor") || caller.has_role("admin");
}

void check_is_admin(const Call& call, const char* message) {
  if (call.caller.kind == CallerKind::system || call.caller.has_role("admin")) return;
  throw Error(ErrorCode::forbidden, "not_an_admin", message);
}

void check_is_staff(const Call& call) {
  if (call.caller.kind == CallerKind::staff || call.caller.kind == CallerKind::system) return;
  throw Error(ErrorCode::forbidden, "not_staff", "only staff may do this");
}

}  // namespace bramble::warehouse
