// The real binary as a child process on free ports. It ends with this object, and with the thread that
// started it should the test die, so start it on the main thread.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "testing/scratch_folder.h"

namespace bramble::scenarios {

struct InstanceOptions {
  std::string copy_of;                // a data folder to begin with; empty: nothing yet
  std::vector<std::string> settings;  // "section.key=value"
  std::string conninfo;               // of a PostgreSQL server; empty: SQLite
  bool same_ports = false;            // after a restart, too
};

class Instance {
 public:
  // Ready when it returns; throws what the process said if it does not get ready.
  explicit Instance(InstanceOptions options);
  ~Instance();
  Instance(const Instance&) = delete;

  void start();
  // Asks it to end, and waits; its exit code.
  int stop();
  // No good-bye.
  void kill();
  bool runs() const { return pid_ != 0; }

  // What `bramble check` has to say against its data; empty if nothing.
  std::string check() const;
  // While it is stopped: takes the products of these lines into it, so many of each that is new. What
  // `bramble import` said if it failed; else nothing.
  std::string import_products(const std::string& lines, int stock) const;

  const std::string& storefront() const { return storefront_; }
  const std::string& ops() const { return ops_; }
  const std::string& sandbox() const { return sandbox_; }
  const std::string& admin() const { return admin_; }
  const std::string& data() const { return data_; }
  // What it logged, or the end of that.
  std::string log() const;

 private:
  std::vector<std::string> command() const;
  std::vector<std::string> engine_settings() const;
  std::string run(std::vector<std::string> words) const;
  void wait_until_ready(int output);
  int wait();

  const InstanceOptions options_;
  ScratchFolder folder_;
  std::string data_;
  int port_base_ = 0;
  pid_t pid_ = 0;
  int output_ = -1;
  std::string storefront_, ops_, sandbox_, admin_;
};

}  // namespace bramble::scenarios
