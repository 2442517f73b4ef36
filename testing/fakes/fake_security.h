// A security log that keeps what it is told.
#pragma once

#include <vector>

#include "services/security/security.api.h"
#include "testing/fakes/trouble.h"

namespace bramble {

class FakeSecurity final : public security::SecurityApi {
 public:
  Task<Empty> note(Call, security::NoteRequest request) override;
  Task<security::SearchReply> search(Call, security::SearchRequest) override;

  Trouble trouble;
  std::vector<security::Sighting> sightings;
};

}  // namespace bramble
