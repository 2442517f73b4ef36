// The security log's two ways in, events and what gateways saw, and the one way to read it.
#pragma once

#include "ports/database.h"
#include "runtime/log.h"
#include "runtime/metrics.h"
#include "services/auth/auth.api.h"
#include "services/orders/orders.api.h"
#include "services/security/log_store.h"

namespace bramble::security {

struct SecuritySettings {
  Duration keep = days(400);
};

class SecurityService : public SecurityApi {
 public:
  SecurityService(Database& database, Metrics& metrics, Logger& log, SecuritySettings settings)
      : database_(database), metrics_(metrics), log_(log), settings_(settings) {}

  Task<Empty> note(Call call, NoteRequest request) override;
  Task<SearchReply> search(Call call, SearchRequest request) override;

  // Takes in what auth decided, in the transaction of the event's inbox record: once.
  void on_noted(Tx& tx, const auth::SecurityNoted& event) const;
  void told(const auth::SecurityNoted& event) { count(event.kind, 1); }
  // And what staff did to orders and their money: when it was decided on, and how it ended.
  void on_staff_acted(Tx& tx, const orders::StaffActed& event) const;
  void told(const orders::StaffActed& event);

  Task<void> drop_old(Call call);
  // Writes the chain's end to the process's log, which is kept elsewhere: who cuts the chain's end off, or
  // makes all of it anew, does not have that.
  Task<void> witness(Call call);

 private:
  void count(std::string_view kind, std::int64_t times);

  Database& database_;
  Metrics& metrics_;
  Logger& log_;
  SecuritySettings settings_;
  LogStore store_;
};

}  // namespace bramble::security
