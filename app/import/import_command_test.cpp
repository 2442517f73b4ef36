// The command as it is typed: the real binary as a process of its own, killed, repeated, and used wrongly.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zstd.h>

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/import/durable_file.h"
#include "app/import/import_stand.h"
#include "app/import/progress_file.h"
#include "runtime/json/json.h"
#include "testing/database/postgres_server.h"

namespace bramble::importing {
namespace {

namespace fs = std::filesystem;

constexpr int many = 30'000;

struct Outcome {
  int code = -1;  // -1: killed
  std::string output;
  std::string errors;
};

// `bramble` with arguments. It never outlives the test.
class Bramble {
 public:
  Bramble(const std::string& folder, std::vector<std::string> arguments) : folder_(folder) {
    std::string path = BRAMBLE_BINARY;
    std::vector<char*> words{path.data()};
    for (auto& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    // BRAMBLE_… of our own environment are for tests, and a setting nobody knows is an error.
    std::vector<char*> settings;
    for (char** entry = environ; *entry != nullptr; ++entry) {
      if (!std::string_view(*entry).starts_with("BRAMBLE_")) settings.push_back(*entry);
    }
    settings.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (auto [name, file] : {std::pair{"/output", STDOUT_FILENO}, {"/errors", STDERR_FILENO}})
      ::dup2(::open((folder_ + name).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644), file);
    ::execve(path.c_str(), words.data(), settings.data());
    ::_exit(127);
  }
  ~Bramble() {
    if (pid_ > 0) kill();
  }

  bool is_over() {
    if (pid_ > 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = -1;
    return pid_ < 0;
  }
  void kill() {
    ::kill(pid_, SIGKILL);
    wait();
  }
  Outcome wait() {
    if (pid_ > 0) ::waitpid(std::exchange(pid_, -1), &status_, 0);
    return {WIFEXITED(status_) ? WEXITSTATUS(status_) : -1, read_whole_file(folder_ + "/output"),
            read_whole_file(folder_ + "/errors")};
  }

 private:
  std::string folder_;
  pid_t pid_ = -1;
  int status_ = 0;
};

class ImportCommandRuns : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }

  std::vector<std::string> arguments(const std::string& file, const std::string& data,
                                     std::vector<std::string> more = {}) const {
    std::vector<std::string> all{"import", "products", path(file), "--data", path(data), "--json"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  Outcome run(std::vector<std::string> arguments) const {
    return Bramble(folder_.path(), std::move(arguments)).wait();
  }

  std::string file(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
    return name;
  }
  static std::string rows(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += (i % 500 == 3 ? row(i, R"("price_minor":null)") : row(i)) + "\n";
    return text;
  }
  static std::string packed(const std::string& text) {
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress2(context.get(), out.data(), out.size(), text.data(), text.size()));
    return out;
  }
  void expect_failure(std::vector<std::string> arguments, const std::string& words) const {
    auto outcome = run(std::move(arguments));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_EQ(outcome.output, "");
    EXPECT_NE(outcome.errors.find(words), std::string::npos) << outcome.errors;
    EXPECT_EQ(std::count(outcome.errors.begin(), outcome.errors.end(), '\n'), 1) << outcome.errors;
  }

  ScratchFolder folder_;
};

TEST_F(ImportCommandRuns, KilledAgainAndAgainItEndsLikeARunThatNobodyKilled) {
  file("goods.jsonl.zst", packed(rows(many)));
  std::vector<std::string> more{"--demo-places", "--stock", "3"};
  auto whole = run(arguments("goods.jsonl.zst", "whole", more));
  ASSERT_EQ(whole.code, 0) << whole.errors;
  auto progress = path("cut/import/goods.jsonl.zst.progress.json");
  int kills = 0;
  std::int64_t resumed = 0;
  Outcome cut;
  for (bool done = false; !done;) {
    auto before = read_whole_file(progress);
    Bramble one(folder_.path(), arguments("goods.jsonl.zst", "cut", more));
    // A chunk or two further, and somewhere in the next.
    while (!one.is_over() && read_whole_file(progress) == before)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::this_thread::sleep_for(std::chrono::milliseconds(kills * 7 % 40));
    done = one.is_over() || kills == 12;
    if (!done) one.kill();
    kills += done ? 0 : 1;
    cut = one.wait();
  }
  EXPECT_EQ(cut.code, 0) << cut.errors;
  EXPECT_GE(kills, 3);
  auto summary = JsonDocument::parse(cut.output);
  EXPECT_EQ(summary.root()["rows"].integer(), many);
  EXPECT_EQ(summary.root()["cards"].integer(), many - many / 500);
  EXPECT_EQ(summary.root()["skipped"].integer(), many / 500);
  resumed = summary.root()["resumed_rows"].integer();
  EXPECT_GT(resumed, 0);
  EXPECT_FALSE(fs::exists(progress));
  EXPECT_EQ(read_whole_file(path("cut/import/goods.jsonl.zst.errors.jsonl")),
            read_whole_file(path("whole/import/goods.jsonl.zst.errors.jsonl")));
  EXPECT_EQ(dump_stores(path("cut")), dump_stores(path("whole")));
  auto audit = run({"check", "--data", path("cut")});
  EXPECT_EQ(audit.code, 0) << audit.output;
}

TEST_F(ImportCommandRuns, SaysHowFarItIsAndWhatCameOfIt) {
  file("goods.jsonl", rows(20) + "{\n");
  auto outcome =
      run({"import", "products", path("goods.jsonl"), "--data", path("data"), "--errors", path("e.jsonl")});
  EXPECT_EQ(outcome.code, 0) << outcome.errors;
  EXPECT_NE(outcome.output.find("21 rows: 19 cards, of them 19 new or changed, in 26 categories; 2 left out"),
            std::string::npos)
      << outcome.output;
  EXPECT_NE(outcome.output.find(path("e.jsonl")), std::string::npos);
  EXPECT_NE(outcome.errors.find("21 rows (100 %), 19 cards, 2 left out"), std::string::npos)
      << outcome.errors;
  auto errors = read_whole_file(path("e.jsonl"));
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 2) << errors;
}

TEST_F(ImportCommandRuns, WritesToPostgresAsWell) {
  PostgresServer server;
  file("goods.jsonl", rows(300));
  std::vector<std::string> more{"--set",
                                "database.engine=postgres",
                                "--set",
                                "database.conninfo=" + server.conninfo(),
                                "--demo-places",
                                "--stock",
                                "3"};
  for (int written : {299, 0}) {
    auto outcome = run(arguments("goods.jsonl", "data", more));
    ASSERT_EQ(outcome.code, 0) << outcome.errors;
    auto summary = JsonDocument::parse(outcome.output);
    EXPECT_EQ(summary.root()["cards"].integer(), 299);
    EXPECT_EQ(summary.root()["written"].integer(), written);
  }
  EXPECT_FALSE(fs::exists(path("data/catalog.db")));
}

TEST_F(ImportCommandRuns, WrongUseEndsWithOneLineThatSaysWhy) {
  auto whole = packed(rows(5'000));
  file("goods.jsonl", rows(5));
  expect_failure(arguments("none.jsonl", "data"), "none.jsonl: No such file");
  expect_failure(arguments(file("plain.jsonl.zst", "{}\n"), "data"), "not compressed with zstd");
  EXPECT_FALSE(fs::exists(path("data")));
  expect_failure(arguments("goods.jsonl", "data", {"--stock", "5"}), "no site");
  expect_failure(arguments("goods.jsonl", "data", {"--rate", "USD=x"}), "--rate USD=x");
  expect_failure(arguments("goods.jsonl", "data", {"--set", "nothing.known=1"}), "nothing");
  expect_failure(arguments("goods.jsonl", "goods.jsonl"), "goods.jsonl");
  auto bad_option = run(arguments("goods.jsonl", "data", {"--stock", "-5"}));
  EXPECT_NE(bad_option.code, 0);
  EXPECT_NE(run({"import"}).code, 0);
  auto damaged = whole;
  for (std::size_t i = damaged.size() / 2; i < damaged.size() / 2 + 400; ++i)
    damaged[i] = static_cast<char>(damaged[i] ^ 0x5A);
  for (const auto& [name, words] :
       {std::pair{file("half.zst", whole.substr(0, whole.size() / 2)), "truncated"},
        std::pair{file("damaged.zst", damaged), "corrupt"}}) {
    auto outcome = run(arguments(name, "data"));
    EXPECT_EQ(outcome.code, 1);
    EXPECT_NE(outcome.errors.find(words), std::string::npos) << outcome.errors;
  }
}

TEST_F(ImportCommandRuns, TwoNeverRunOnOneDataFolder) {
  file("goods.jsonl", rows(many));
  auto progress = path("data/import/goods.jsonl.progress.json");
  Bramble first(folder_.path(), arguments("goods.jsonl", "data"));
  while (!first.is_over() && !fs::exists(progress)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  fs::create_directory(path("second"));
  auto second = Bramble(path("second"), arguments("goods.jsonl", "data")).wait();
  EXPECT_EQ(second.code, 1);
  EXPECT_NE(second.errors.find("is in use by another bramble"), std::string::npos) << second.errors;
  EXPECT_EQ(first.wait().code, 0);
}

}  // namespace
}  // namespace bramble::importing
