#include "tests/harness/instance.h"

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
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace bramble::harness {
namespace {

constexpr int ready_ms = 120'000;
constexpr std::size_t longest_log = 6'000;

std::string binary() {
  const char* other = std::getenv("BRAMBLE_TEST_BINARY");
  return other != nullptr ? other : BRAMBLE_BINARY;
}

// BRAMBLE_… of our own environment are for the test; the binary refuses a setting that it does not know.
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

// Standard output comes back through a pipe; standard error is added to a file.
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
  int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  bool free = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return free;
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Instance::Instance(InstanceOptions options) : options_(std::move(options)) {
  if (options_.data.empty()) options_.data = folder_.path() + "/data";
  if (!options_.copy_of.empty()) {
    std::filesystem::copy(options_.copy_of, options_.data, std::filesystem::copy_options::recursive);
  }
  start();
}

std::vector<std::string> Instance::command() const {
  std::vector<std::string> words{
      "serve",       "--data", options_.data, "--port-base", std::to_string(options_.port_base),
      "--log-level", "warn"};
  if (options_.sandbox) words.emplace_back("--sandbox");
  words.insert(words.end(), options_.arguments.begin(), options_.arguments.end());
  for (const auto& settings : {engine_settings(), options_.settings}) {
    for (const auto& setting : settings) words.insert(words.end(), {"--set", setting});
  }
  return words;
}

std::vector<std::string> Instance::engine_settings() const {
  if (options_.conninfo.empty()) return {};
  return {"database.engine=postgres", "database.conninfo=" + options_.conninfo};
}

void Instance::start() {
  if (output_ >= 0) ::close(output_);
  auto child = spawn(command(), options_.data + ".log");
  pid_ = child.pid;
  output_ = child.output;
  if (!options_.wait) return;
  try {
    read_until_ready();
  } catch (...) {
    kill();
    throw;
  }
}

void Instance::read_until_ready() {
  std::string said;
  while (said.find("\nready\n") == std::string::npos) {
    pollfd wanted{output_, POLLIN, 0};
    std::array<char, 4096> buffer;
    ssize_t got = ::poll(&wanted, 1, ready_ms) > 0 ? ::read(output_, buffer.data(), buffer.size()) : -1;
    if (got <= 0) throw std::runtime_error("bramble did not become ready; it said: " + said + log());
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
    if (name == "admin") admin_ = address;
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

std::string Instance::check() const {
  auto result = options_.conninfo.empty() ? run_bramble({"check", "--data", data()})
                                          : run_bramble({"check", "--postgres", options_.conninfo});
  return result.code == 0 ? "" : result.output + result.errors;
}

std::string Instance::import_products(const std::string& lines, int stock) const {
  auto file = folder_.path() + "/products.jsonl";
  std::ofstream(file) << lines;
  std::vector<std::string> words{"import",  "products",           file, "--data", data(),
                                 "--stock", std::to_string(stock)};
  for (const auto& setting : engine_settings()) words.insert(words.end(), {"--set", setting});
  auto result = run_bramble(words);
  return result.code == 0 ? "" : result.output + result.errors;
}

std::string Instance::log() const { return log_of(data()); }

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
  result.errors = content_of(log);
  return result;
}

std::string log_of(const std::string& data) {
  auto text = content_of(data + ".log");
  return text.size() <= longest_log ? text : "…" + text.substr(text.size() - longest_log);
}

int free_port_base() {
  constexpr int first = 12'000, last = 31'000, step = 20;
  constexpr int offsets[] = {0, 2, 9, 10};  // storefront, ops, admin, sandbox
  static int next = first + ::getpid() % 500 * step;
  for (int tried = 0; tried < last - first; tried += step) {
    if (next >= last) next = first;
    int base = std::exchange(next, next + step);
    if (std::all_of(std::begin(offsets), std::end(offsets),
                    [&](int offset) { return is_free(base + offset); }))
      return base;
  }
  throw std::runtime_error("no free ports");
}

}  // namespace bramble::harness
