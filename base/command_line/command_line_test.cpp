#include <gtest/gtest.h>

#include "base/command_line/command.h"

namespace bramble {
namespace {

struct Said {
  Said() {
    program.version("bramble 1.2");
    program.require_command();
    auto& serve = program.command("serve", "run it");
    serve.option("--data", data, "a folder").show_default();
    serve.option("--port", port, "a port").between(1, 65'000).show_default();
    serve.option("--price", price, "a price").between(0.01, 1e10);
    serve.option("--set", sets, "a setting");
    serve.option("KIND", kind, "a kind").one_of({"small", "large"}).required();
    serve.flag("--json", json, "as JSON");
    serve.on_run([this] { ++runs; });
  }
  int parse(std::vector<std::string> words) {
    std::vector<char*> arguments;
    words.insert(words.begin(), "bramble");
    for (auto& word : words) arguments.push_back(word.data());
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    auto ended = program.parse(static_cast<int>(arguments.size()), arguments.data());
    printed = testing::internal::GetCapturedStdout();
    complaint = testing::internal::GetCapturedStderr();
    return ended.value_or(-1);
  }

  Command program{"Bramble"};
  std::string data = "data";
  std::string kind;
  std::uint16_t port = 8'080;
  double price = 0;
  std::vector<std::string> sets;
  bool json = false;
  int runs = 0;
  std::string printed;
  std::string complaint;
};

TEST(CommandLine, WritesWhatWasGivenAndRunsTheCommand) {
  Said said;
  EXPECT_EQ(said.parse({"serve", "small", "--port", "90", "--set", "a=1", "--set", "b=2", "--json"}), -1);
  EXPECT_EQ(said.runs, 1);
  EXPECT_EQ(said.kind, "small");
  EXPECT_EQ(said.data, "data");
  EXPECT_EQ(said.port, 90);
  EXPECT_EQ(said.sets, (std::vector<std::string>{"a=1", "b=2"}));
  EXPECT_TRUE(said.json);
}

TEST(CommandLine, SaysWhatIsAllowedAndRunsNothing) {
  const std::pair<std::vector<std::string>, std::string> cases[] = {
      {{}, "subcommand is required"},
      {{"serve"}, "KIND is required"},
      {{"serve", "medium"}, "{small,large}"},
      {{"serve", "small", "--port", "0"}, "1 to 65000"},
      {{"serve", "small", "--price", "0"}, "0.010000 to 10000000000.000000"},
      {{"serve", "small", "--huge"}, "--huge"},
  };
  for (const auto& [words, allowed] : cases) {
    Said said;
    EXPECT_GT(said.parse(words), 0) << allowed;
    EXPECT_NE(said.complaint.find(allowed), std::string::npos) << said.complaint;
    EXPECT_EQ(said.runs, 0);
  }
}

TEST(CommandLine, HelpShowsDefaultsAndBounds) {
  Said said;
  EXPECT_EQ(said.parse({"serve", "--help"}), 0);
  for (const char* shown : {"=data", "=8080", "[1 - 65000]", "a folder"}) {
    EXPECT_NE(said.printed.find(shown), std::string::npos) << said.printed;
  }
  EXPECT_EQ(said.runs, 0);
}

TEST(CommandLine, PrintsTheVersion) {
  Said said;
  EXPECT_EQ(said.parse({"--version"}), 0);
  EXPECT_EQ(said.printed, "bramble 1.2\n");
}

}  // namespace
}  // namespace bramble
