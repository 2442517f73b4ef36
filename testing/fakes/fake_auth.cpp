#include "testing/fakes/fake_auth.h"

namespace bramble {

Task<auth::Tokens> FakeAuth::refresh(Call, auth::RefreshGrant grant) {
  auto guard = trouble.meet("refresh");
  ++refreshed;
  if (hold) co_await suspend([this](Resume resume) { held.push_back(std::move(resume)); });
  if (!good.erase(grant.refresh_token)) {
    throw Error(ErrorCode::unauthenticated, "invalid_grant", "this token is no good");
  }
  auto number = std::to_string(refreshed);
  good.insert("refresh-" + number);
  guard.after();
  co_return auth::Tokens{"access-" + number, "Bearer", 900, "refresh-" + number, {UserId("usr_1")}, 3'600};
}

Task<Empty> FakeAuth::revoke(Call, auth::RevokeRequest request) {
  auto guard = trouble.meet("revoke");
  good.erase(request.refresh_token);
  guard.after();
  co_return Empty{};
}

Task<auth::JwksReply> FakeAuth::jwks(Call, auth::JwksRequest) { co_return auth::JwksReply{}; }

Task<auth::RevocationsReply> FakeAuth::list_revocations(Call, auth::RevocationsRequest request) {
  auto guard = trouble.meet("list_revocations");
  auth::RevocationsReply reply;
  for (const auto& one : revocations) {
    reply.last = one.seq;
    if (one.seq > request.after && std::ssize(reply.items) < request.limit) reply.items.push_back(one);
  }
  guard.after();
  co_return reply;
}

Task<auth::StaffNamesReply> FakeAuth::staff_names(Call, auth::StaffNamesRequest request) {
  auto guard = trouble.meet("staff_names");
  auth::StaffNamesReply reply;
  for (const auto& user : request.user_ids) {
    if (auto name = names.find(user); name != names.end()) reply.items.push_back({user, name->second});
  }
  guard.after();
  co_return reply;
}

}  // namespace bramble
