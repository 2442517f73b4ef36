// Finds the messages about one object in the message tables of all modules of the process.
#pragma once

#include "runtime/hosted_module.h"

namespace bramble {

class MessageHistoryReader : public MessageHistories {
 public:
  void clear() { modules_.clear(); }
  // A module that has a database.
  void add(HostedModule* module) { modules_.push_back(module); }

  Task<MessageHistory> find(Call call, std::string event_key, std::vector<std::string> job_keys,
                            std::vector<TimeSpan> spans) override;

 private:
  struct Wanted;
  Task<void> read_module(const Wanted& wanted, HostedModule& module, MessageHistory& history) const;
  Task<void> read_receipts(const Wanted& wanted, HostedModule& module, MessageHistory& history) const;

  std::vector<HostedModule*> modules_;
};

}  // namespace bramble
