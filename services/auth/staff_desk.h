// Staff at the door: signing in with a password, and changing one's own. What an unknown login is told, and
// how long that takes, is what a wrong password is told.
#pragma once

#include <atomic>

#include "runtime/log.h"
#include "runtime/metrics.h"
#include "services/auth/attempts.h"
#include "services/auth/factor_store.h"
#include "services/auth/sealed_text.h"
#include "services/auth/sessions.h"
#include "services/auth/slots.h"
#include "services/auth/staff_rules.h"

namespace bramble::auth {

struct StaffSettings {
  std::string place_key;   // of the hashes that tries are counted by
  std::string factor_key;  // secrets of second factors are sealed with it
  bool sandboxed = false;  // else demo accounts are nobody, and admins have a second factor
  Duration device_life = days(90);
  Duration proof_life = minutes(5);
  Duration handed_life = days(3);  // of a password that somebody else gave
  bool cheap_passwords = false;    // tests only
};

// What all parts of staff's auth work with.
struct StaffParts {
  Database& database;
  Sessions& sessions;
  const Clock& clock;
  Random& random;
  Logger& log;
  Metrics& metrics;
  StaffSettings settings;
};

class StaffDesk {
 public:
  explicit StaffDesk(StaffParts parts);

  Task<StaffSignIn> sign_in(Call call, PasswordGrant grant);
  Task<Empty> change_password(Call call, ChangePasswordRequest request);
  // Of a session that is renewed; nothing if the account may not be used any more.
  std::optional<Access> access(Tx& tx, const UserId& user) const;

  // For the other parts of staff's auth.
  const StaffParts& parts() const { return parts_; }
  bool is_usable(const StaffRow& staff, Time now) const {
    return auth::is_usable(staff, parts_.settings.sandboxed, now);
  }
  // Opens a session for somebody who has proven all that is asked.
  Session let_in(Tx& tx, const StaffRow& staff) const;
  std::string keep_device(Tx& tx, const UserId& user) const;
  // The caller's account; with the right password, or Error invalid that names `field`. Tries are counted.
  Task<StaffRow> confirm(Call call, std::string password, std::string field);
  // Slow on purpose, one after the other.
  Task<std::string> hash(Call call, std::string password);
  Place place(const std::string& what, const AttemptRule& rule) const;
  [[noreturn]] void refuse_for_now(Time until);

  // Passwords that were looked at: each took a tenth of a second of a processor.
  std::int64_t hashes() const { return hashes_; }

  Task<void> drop_old(Call call);

 private:
  struct Look {
    std::vector<Place> places;  // the first is forgiven by the right password
    bool known_device = false;
    std::optional<Time> free_at;
  };
  // What the right password leads to.
  struct Entry {
    std::optional<Session> session;
    std::optional<SecondStep> step;
    std::string device;
  };

  Look look(Tx& tx, const PasswordGrant& grant) const;
  Task<std::optional<StaffRow>> check(Call call, PasswordGrant grant, Look look);
  Task<bool> is_password_of(Call call, std::optional<StaffRow> staff, std::string password,
                            bool known_device);
  std::optional<Entry> enter(Tx& tx, const PasswordGrant& grant, const StaffRow& checked,
                             const Look& look) const;
  SecondStep begin_second_step(Tx& tx, const StaffRow& staff, const PasswordGrant& grant,
                               bool known_device) const;
  [[noreturn]] void refuse();

  StaffParts parts_;
  StaffStore store_;
  FactorStore factors_;
  Attempts attempts_;
  // Known devices have a line of their own: strangers cannot fill it.
  Slots strangers_;
  Slots known_devices_;
  std::string nobodys_hash_;
  std::atomic<std::int64_t> hashes_ = 0;
  Counter& good_;
  Counter& wrong_;
  Counter& throttled_;
};

}  // namespace bramble::auth
