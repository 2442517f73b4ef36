#include "testing/fakes/fake_security.h"

namespace bramble {

Task<Empty> FakeSecurity::note(Call, security::NoteRequest request) {
  auto guard = trouble.meet("note");
  for (auto& one : request.sightings) sightings.push_back(std::move(one));
  guard.after();
  co_return Empty{};
}

Task<security::SearchReply> FakeSecurity::search(Call, security::SearchRequest) {
  co_return security::SearchReply{};
}

}  // namespace bramble
