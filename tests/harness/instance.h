// The real binary as a child process. It ends with this object, and with the thread that started it, so
// tests start it on the main thread.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "bench/load/staff_login.h"
#include "testing/scratch_folder.h"

namespace bramble::harness {

struct InstanceOptions {
  std::string data;                    // the data folder; empty: a new one that goes with the instance
  std::string copy_of;                 // a data folder that is copied first; empty: none
  std::vector<std::string> arguments;  // of `bramble serve`, besides the data folder and the ports
  std::vector<std::string> settings;   // "section.key=value"
  std::string conninfo;                // of a PostgreSQL database; empty: SQLite
  int port_base = 0;                   // 0: any free ports, others after each start
  bool wait = true;                    // until it is ready
  bool sandbox = true;                 // plays the bank and the SMS provider
};

class Instance {
 public:
  // Throws std::runtime_error with what it printed if it does not become ready.
  explicit Instance(InstanceOptions options);
  ~Instance() { kill(); }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  void start();
  int stop();   // SIGTERM; the exit code, or -1 if a signal ended it
  void kill();  // SIGKILL
  bool runs() const { return pid_ > 0; }

  // What `bramble check` finds in its stores; empty if nothing.
  std::string check() const;
  // Runs `bramble import` with these lines while the instance is stopped. Its output if it fails, else
  // nothing.
  std::string import_products(const std::string& lines, int stock) const;

  // Origins: "http://127.0.0.1:8080".
  const std::string& storefront() const { return storefront_; }
  const std::string& ops() const { return ops_; }
  const std::string& sandbox() const { return sandbox_; }
  const std::string& admin() const { return admin_; }
  const std::string& data() const { return options_.data; }
  const std::vector<load::StaffLogin>& logins() const { return logins_; }
  // The first login of a role. Throws std::runtime_error if there is none.
  const load::StaffLogin& login(std::string_view role) const;
  // The end of what it logged.
  std::string log() const;

 private:
  std::vector<std::string> command() const;
  std::vector<std::string> engine_settings() const;
  void read_until_ready();

  ScratchFolder folder_;
  InstanceOptions options_;
  pid_t pid_ = -1;
  int output_ = -1;
  std::string storefront_, ops_, sandbox_, admin_;
  std::vector<load::StaffLogin> logins_;
};

struct CommandResult {
  int code = -1;
  std::string output;
  std::string errors;
};

// Runs `bramble` with these arguments to its end.
CommandResult run_bramble(const std::vector<std::string>& arguments);

// The end of the log of an instance with this data folder.
std::string log_of(const std::string& data);

// A base whose ports are free, below the range that the system gives to outgoing connections.
int free_port_base();

}  // namespace bramble::harness
