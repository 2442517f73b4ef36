// A security log that keeps what it is told.
#pragma once

#include <vector>

#include "services/security/security.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeSecurity final : public security::SecurityApi {
 public:
  Task<Empty> note(Call, security::NoteRequest request) override {
    auto guard = trouble.meet("note");
    for (auto& one : request.sightings) sightings.push_back(std::move(one));
    guard.after();
    co_return Empty{};
  }
  Task<security::SearchReply> search(Call, security::SearchRequest) override {
    co_return security::SearchReply{};
  }

  Trouble trouble;
  std::vector<security::Sighting> sightings;
};

}  // namespace bramble
