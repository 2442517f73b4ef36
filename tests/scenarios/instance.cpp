#include "tests/scenarios/instance.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bramble::scenarios {
namespace {

constexpr int start_patience_ms = 60'000;
constexpr std::size_t longest_log = 6'000;
constexpr int offsets[] = {0, 2, 9, 10};  // of the servers' ports from their base

struct Child {
  pid_t pid = 0;
  int output = -1;
};

// Standard output comes back through a pipe; standard error is added to a file.
Child spawn_child(const std::vector<std::string>& words, const std::string& log) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
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
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  ::close(errors);
  if (pid < 0) throw std::runtime_error("cannot start " + words[0]);
  return {pid, ends[0]};
}

bool is_free(int port) {
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  bool free = ::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  ::close(socket);
  return free;
}

// Below the ports that the system gives to outgoing connections, so that it stays free while we are down.
int free_port_base() {
  static int next = 12'000 + ::getpid() % 500 * 20;
  for (int tried = 0; tried < 500; ++tried, next += 20) {
    if (next > 31'000) next = 12'000;
    if (std::all_of(std::begin(offsets), std::end(offsets),
                    [](int offset) { return is_free(next + offset); })) {
      return std::exchange(next, next + 20);
    }
  }
  throw std::runtime_error("no free ports");
}

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string after_word(const std::string& line) {
  auto at = line.rfind(' ');
  return at == std::string::npos ? "" : line.substr(at + 1);
}

}  // namespace

Instance::Instance(InstanceOptions options) : options_(std::move(options)), data_(folder_.path() + "/data") {
  if (!options_.copy_of.empty()) {
    std::filesystem::copy(options_.copy_of, data_, std::filesystem::copy_options::recursive);
  }
  if (options_.same_ports) port_base_ = free_port_base();
  start();
}

Instance::~Instance() {
  if (runs()) kill();
}

std::vector<std::string> Instance::command() const {
  std::vector<std::string> words = {
      BRAMBLE_BINARY, "serve",       "--data", data_,         "--demo",
      "small",        "--log-level", "warn",   "--port-base", std::to_string(port_base_)};
  auto settings = engine_settings();
  settings.insert(settings.end(), options_.settings.begin(), options_.settings.end());
  for (const auto& setting : settings) words.insert(words.end(), {"--set", setting});
  return words;
}

std::vector<std::string> Instance::engine_settings() const {
  if (options_.conninfo.empty()) return {};
  return {"database.engine=postgres", "database.conninfo=" + options_.conninfo};
}

void Instance::start() {
  auto child = spawn_child(command(), folder_.path() + "/serve.log");
  pid_ = child.pid;
  if (output_ >= 0) ::close(output_);
  output_ = child.output;
  wait_until_ready(output_);
}

void Instance::wait_until_ready(int output) {
  std::string text;
  while (text.find("\nready\n") == std::string::npos) {
    pollfd waiting{output, POLLIN, 0};
    char bytes[4096];
    ssize_t count = ::poll(&waiting, 1, start_patience_ms) > 0 ? ::read(output, bytes, sizeof(bytes)) : 0;
    if (count <= 0) {
      kill();
      throw std::runtime_error("bramble serve did not get ready: " + text + log());
    }
    text.append(bytes, static_cast<std::size_t>(count));
  }
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("storefront ")) storefront_ = after_word(line);
    if (line.starts_with("ops ")) ops_ = after_word(line);
    if (line.starts_with("sandbox ")) sandbox_ = after_word(line);
    if (line.starts_with("admin ")) admin_ = after_word(line);
  }
}

int Instance::wait() {
  int status = 0;
  ::waitpid(std::exchange(pid_, 0), &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int Instance::stop() {
  ::kill(pid_, SIGTERM);
  return wait();
}

void Instance::kill() {
  ::kill(pid_, SIGKILL);
  wait();
}

std::string Instance::check() const {
  if (options_.conninfo.empty()) return run({"check", "--data", data_});
  return run({"check", "--postgres", options_.conninfo});
}

std::string Instance::import_products(const std::string& lines, int stock) const {
  auto file = folder_.path() + "/products.jsonl";
  std::ofstream(file) << lines;
  std::vector<std::string> words = {"import",  "products",           file, "--data", data_,
                                    "--stock", std::to_string(stock)};
  for (const auto& setting : engine_settings()) words.insert(words.end(), {"--set", setting});
  return run(std::move(words));
}

// What a command of the binary said if it did not end well; else nothing.
std::string Instance::run(std::vector<std::string> words) const {
  words.insert(words.begin(), BRAMBLE_BINARY);
  auto errors = folder_.path() + "/" + words[1] + ".log";
  auto child = spawn_child(words, errors);
  std::string said;
  char bytes[4096];
  for (ssize_t count; (count = ::read(child.output, bytes, sizeof(bytes))) > 0;) {
    said.append(bytes, static_cast<std::size_t>(count));
  }
  ::close(child.output);
  int status = 0;
  ::waitpid(child.pid, &status, 0);
  return status == 0 ? "" : said + content_of(errors);
}

std::string Instance::log() const {
  auto text = content_of(folder_.path() + "/serve.log");
  return text.size() <= longest_log ? text : "…" + text.substr(text.size() - longest_log);
}

}  // namespace bramble::scenarios
