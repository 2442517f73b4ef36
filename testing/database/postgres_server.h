// A PostgreSQL server of a test's own, in a folder of its own, reached only by a socket in it. It ends with
// this object, and with the thread that made it should the test die, so make it on the main thread.
#pragma once

#include <sys/types.h>

#include <string>

#include "testing/scratch_folder.h"

namespace bramble {

struct PostgresServerOptions {
  bool durable = false;  // fsync at each commit, as in production; tests seldom need it
  int connections = 64;
};

class PostgresServer {
 public:
  explicit PostgresServer(PostgresServerOptions options = {});
  ~PostgresServer();

  // For libpq: "host=… port=5432 user=bramble dbname=postgres".
  std::string conninfo(const std::string& database = "postgres") const;

  // Stops the server, which ends all connections, and starts it again on the same data.
  void restart();
  void stop();
  void start();
  // Ends all connections; the server keeps running.
  void kill_backends();
  // Runs SQL through psql.
  void run(const std::string& sql);

 private:
  void wait_until_ready();

  const PostgresServerOptions options_;
  ScratchFolder folder_;
  pid_t pid_ = 0;
};

}  // namespace bramble
