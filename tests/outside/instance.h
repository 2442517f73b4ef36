// The real binary, running as a process of its own on a data folder. It never outlives the test.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "bench/load/staff_login.h"

namespace bramble::outside {

struct InstanceOptions {
  std::string data;
  std::vector<std::string> arguments;  // of `bramble serve`, besides the data folder and the ports
  int port_base = 0;                   // 0: any free ports
  bool wait = true;                    // until it is ready
  bool sandbox = true;                 // a practice bank and practice SMS
};

class Instance {
 public:
  // Throws std::runtime_error with what it printed if it does not become ready.
  explicit Instance(const InstanceOptions& options);
  ~Instance() { kill(); }
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  // Origins: "http://127.0.0.1:8080".
  const std::string& storefront() const { return storefront_; }
  const std::string& ops() const { return ops_; }
  const std::string& sandbox() const { return sandbox_; }
  const std::vector<load::StaffLogin>& logins() const { return logins_; }
  // The first login of a role. Throws std::runtime_error if there is none.
  const load::StaffLogin& login(std::string_view role) const;

  void kill();  // kill -9
  int stop();   // SIGTERM; the exit code, or -1 if a signal ended it

 private:
  void read_until_ready(const std::string& log);

  pid_t pid_ = -1;
  int output_ = -1;
  std::string storefront_;
  std::string ops_;
  std::string sandbox_;
  std::vector<load::StaffLogin> logins_;
};

struct CommandResult {
  int code = -1;
  std::string output;
  std::string errors;
};

// Runs `bramble` with these arguments to its end.
CommandResult run_bramble(const std::vector<std::string>& arguments);

// The end of a log (InstanceOptions::data with ".log"), for whoever looks at a failed test.
std::string last_words(const std::string& log);

// A base with its storefront's, ops' and sandbox's ports free, out of the range the system gives away by
// itself.
int free_port_base();

}  // namespace bramble::outside
