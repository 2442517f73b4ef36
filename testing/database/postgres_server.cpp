#include "testing/database/postgres_server.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

extern char** environ;

namespace bramble {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds start_patience{60};

pid_t start_process(const std::vector<std::string>& words, const std::string& log) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t pid = 0;
  int failure = posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) throw std::runtime_error("cannot start " + words[0]);
  return pid;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

PostgresServer::PostgresServer(PostgresServerOptions options) : options_(options) { start(); }

PostgresServer::~PostgresServer() {
  // The data goes away with the folder, so there is nothing to write down.
  if (pid_ != 0) ::kill(pid_, SIGQUIT);
  if (pid_ != 0) ::waitpid(pid_, nullptr, 0);
}

std::string PostgresServer::conninfo(const std::string& database) const {
  return "host=" + folder_.path() + " port=5432 user=bramble dbname=" + database;
}

void PostgresServer::start() {
  std::vector<std::string> words = {BRAMBLE_ENGINE_TOOLS "/postgres",
                                    folder_.path(),
                                    "-c",
                                    "port=5432",
                                    "-c",
                                    "max_connections=" + std::to_string(options_.connections),
                                    "-c",
                                    "shared_buffers=32MB"};
  if (!options_.durable) {
    for (const char* setting : {"fsync=off", "full_page_writes=off"})
      words.insert(words.end(), {"-c", setting});
  }
  pid_ = start_process(words, folder_.path() + "/server.log");
  wait_until_ready();
}

void PostgresServer::wait_until_ready() {
  auto end = Steady::now() + start_patience;
  int status = 0;
  while (Steady::now() < end) {
    // The server's own note of its state: the eighth line says so.
    std::string note = content_of(folder_.path() + "/data/postmaster.pid");
    bool own = note.substr(0, note.find('\n')) == std::to_string(pid_);
    if (own && note.find("\nready") != std::string::npos) return;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = 0;
      break;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error("PostgreSQL did not start: " + content_of(folder_.path() + "/server.log"));
}

void PostgresServer::stop() {
  if (pid_ == 0) return;
  ::kill(pid_, SIGINT);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

void PostgresServer::restart() {
  stop();
  start();
}

void PostgresServer::kill_backends() {
  run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
      " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
}

void PostgresServer::run(const std::string& sql) {
  std::string log = folder_.path() + "/psql.log";
  pid_t pid = start_process({"psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", conninfo(), "-c", sql}, log);
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (status != 0) throw std::runtime_error("psql: " + content_of(log));
}

}  // namespace bramble
