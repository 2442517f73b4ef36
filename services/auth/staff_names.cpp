// Who colleagues are: their logins, and nothing else of their accounts.
#include "base/error.h"
#include "services/auth/auth_service.h"

namespace bramble::auth {
namespace {

constexpr std::size_t most_names = 200;

}  // namespace

Task<StaffNamesReply> AuthService::staff_names(Call call, StaffNamesRequest request) {
  if (call.caller.kind != CallerKind::staff && call.caller.kind != CallerKind::system)
    throw Error(ErrorCode::forbidden, "not_staff", "only staff may do this");
  if (request.user_ids.size() > most_names)
    throw_invalid("user_ids", "too_many", "at most " + std::to_string(most_names));
  co_return co_await database_.read(call, "", [&](Tx& tx) {
    StaffStore staff_store;
    StaffNamesReply reply;
    for (const auto& user : request.user_ids) {
      if (auto staff = staff_store.find_by_id(tx, user)) reply.items.push_back({user, staff->login});
    }
    return reply;
  });
}

}  // namespace bramble::auth
