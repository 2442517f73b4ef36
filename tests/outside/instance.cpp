#include "tests/outside/instance.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "testing/scratch_folder.h"

namespace bramble::outside {
namespace {

constexpr int ready_ms = 120'000;

std::string binary() {
  const char* other = std::getenv("BRAMBLE_TEST_BINARY");
  return other != nullptr ? other : BRAMBLE_BINARY;
}

// BRAMBLE_… of our own environment are for the test, and a setting nobody knows is an error.
std::vector<char*> environment() {
  std::vector<char*> kept;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("BRAMBLE_")) kept.push_back(*entry);
  }
  kept.push_back(nullptr);
  return kept;
}

struct Child {
  pid_t pid = -1;
  int output = -1;
};

// Logs go to a file, what it says to us through a pipe.
Child spawn(const std::vector<std::string>& arguments, const std::string& log) {
  auto path = binary();
  std::vector<char*> words{path.data()};
  for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  auto settings = environment();
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  int errors = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  auto parent = ::getpid();
  pid_t pid = ::fork();
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(127);
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    ::execve(path.c_str(), words.data(), settings.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  ::close(errors);
  if (pid < 0) throw std::runtime_error("no process");
  return {pid, ends[0]};
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool is_free(int port) {
  int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  bool free = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return free;
}

}  // namespace

std::string last_words(const std::string& log) {
  constexpr std::size_t most = 2'000;
  std::ifstream file(log);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  return text.size() <= most ? text : text.substr(text.size() - most);
}

Instance::Instance(const InstanceOptions& options) {
  std::vector<std::string> arguments{
      "serve",       "--data", options.data, "--port-base", std::to_string(options.port_base),
      "--log-level", "warn"};
  if (options.sandbox) arguments.emplace_back("--sandbox");
  arguments.insert(arguments.end(), options.arguments.begin(), options.arguments.end());
  auto log = options.data + ".log";
  auto child = spawn(arguments, log);
  pid_ = child.pid;
  output_ = child.output;
  if (!options.wait) return;
  try {
    read_until_ready(log);
  } catch (...) {
    kill();
    throw;
  }
}

void Instance::read_until_ready(const std::string& log) {
  std::string said;
  while (said.find("\nready\n") == std::string::npos) {
    pollfd wanted{output_, POLLIN, 0};
    std::array<char, 4096> buffer;
    ssize_t got = ::poll(&wanted, 1, ready_ms) > 0 ? ::read(output_, buffer.data(), buffer.size()) : -1;
    if (got <= 0)
      throw std::runtime_error("bramble did not become ready; it said: " + said + last_words(log));
    said.append(buffer.data(), static_cast<std::size_t>(got));
  }
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, address;
    words >> name >> address;
    if (name == "storefront") storefront_ = address;
    if (name == "ops") ops_ = address;
    if (name == "sandbox") sandbox_ = address;
  }
  logins_ = load::read_demo_logins(said);
}

const load::StaffLogin& Instance::login(std::string_view role) const {
  auto found =
      std::find_if(logins_.begin(), logins_.end(), [&](const auto& login) { return login.role == role; });
  if (found == logins_.end()) throw std::runtime_error("no demo login of role " + std::string(role));
  return *found;
}

void Instance::kill() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    wait_for(pid_);
  }
  if (output_ >= 0) ::close(output_);
  pid_ = output_ = -1;
}

int Instance::stop() {
  ::kill(pid_, SIGTERM);
  int code = wait_for(pid_);
  pid_ = -1;
  kill();
  return code;
}

CommandResult run_bramble(const std::vector<std::string>& arguments) {
  ScratchFolder folder;
  auto log = folder.path() + "/errors";
  auto child = spawn(arguments, log);
  CommandResult result;
  std::array<char, 4096> buffer;
  for (ssize_t got; (got = ::read(child.output, buffer.data(), buffer.size())) > 0;) {
    result.output.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(child.output);
  result.code = wait_for(child.pid);
  std::ifstream file(log);
  result.errors.assign(std::istreambuf_iterator<char>(file), {});
  return result;
}

int free_port_base() {
  constexpr int first = 20'000, last = 30'000, step = 20;
  int offset = ::getpid() % ((last - first) / step) * step;
  for (int tried = 0; tried < last - first; tried += step) {
    int base = first + (offset + tried) % (last - first);
    if (is_free(base) && is_free(base + 2) && is_free(base + 10)) return base;
  }
  throw std::runtime_error("no free ports");
}

}  // namespace bramble::outside
