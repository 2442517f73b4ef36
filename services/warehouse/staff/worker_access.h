// Who may work at a site. Warehouse staff may, at their own site if they have one; admins anywhere.
#pragma once

#include "base/call.h"
#include "base/ids.h"

namespace bramble::warehouse {

class WorkerAccess {
 public:
  // `bind_workers`: a worker with a home site works there and nowhere else.
  explicit WorkerAccess(bool bind_workers) : bind_workers_(bind_workers) {}

  // Throws Error forbidden "not_a_worker" or "other_site".
  void check_works_at(const Call& call, const SiteId& site) const;
  // The site that the caller is bound to; nothing if any site will do.
  std::optional<SiteId> home_of(const Call& call) const;

 private:
  bool bind_workers_;
};

bool is_supervisor(const Caller& caller);
// Throws Error forbidden "not_an_admin".
void check_is_admin(const Call& call, const char* message);
// Throws Error forbidden "not_staff".
void check_is_staff(const Call& call);

}  // namespace bramble::warehouse
