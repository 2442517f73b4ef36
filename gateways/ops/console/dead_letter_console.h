// Dead letters in the console: events and jobs that were given up.
#pragma once

#include "gateways/edge/route.h"
#include "gateways/ops/ops.api.h"
#include "runtime/module.h"

namespace bramble::ops {

class DeadLetterConsole {
 public:
  explicit DeadLetterConsole(ModuleHost& host) : host_(host) {}

  Task<DeadLettersPage> dead_letters(edge::HttpCall& http, DeadLettersQuery request);
  Task<DeadLetterView> dead_letter(edge::HttpCall& http, DeadLetterQuery request);
  Task<Empty> replay_dead_letter(edge::HttpCall& http, DeadLetterQuery request);

 private:
  ModuleHost& host_;
};

}  // namespace bramble::ops
