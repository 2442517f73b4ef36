#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/doctor/configuration.h"
#include "app/doctor/doctor_command.h"
#include "app/doctor/machine.h"
#include "app/doctor/storage.h"
#include "base/command_line/command.h"

namespace bramble::doctor {
namespace {

class Doctor : public testing::Test {
 protected:
  Doctor() {
    auto name = (std::filesystem::temp_directory_path() / "doctor_test_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Doctor() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& text) {
    std::ofstream(folder_ + "/" + name) << text;
    return folder_ + "/" + name;
  }
  Grade grade(const std::string& what) const {
    for (const auto& finding : findings_) {
      if (finding.what == what) return finding.grade;
    }
    ADD_FAILURE() << "nothing said of " << what << " in\n" << to_text(findings_);
    return Grade::fail;
  }

  std::string folder_;
  Findings findings_;
};

TEST_F(Doctor, SaysWhatTheMachineHas) {
  examine_memory(findings_);
  examine_processors(findings_);
  examine_open_files(findings_);
  examine_clock(findings_);
  EXPECT_EQ(findings_.size(), 4U);
  EXPECT_NE(grade("clock"), Grade::fail);
}

TEST_F(Doctor, FindsAPortThatIsTaken) {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(fd, 1), 0);
  ASSERT_EQ(getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
  auto port = ntohs(address.sin_port);
  examine_ports(findings_, port, false);
  EXPECT_EQ(grade("port " + std::to_string(port) + " (storefront)"), Grade::fail);
  close(fd);
}

TEST_F(Doctor, MeasuresADataFolderThatIsThereAndJudgesOneThatIsNot) {
  examine_data_folder(findings_, folder_ + "/not/yet");
  EXPECT_EQ(grade("data folder"), Grade::ok);
  EXPECT_NE(grade("disk space"), Grade::fail);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
  findings_.clear();
  examine_data_folder(findings_, file("plain", "x"));
  EXPECT_EQ(grade("data folder"), Grade::fail);
}

TEST_F(Doctor, FindsWhatOthersMayRead) {
  std::filesystem::create_directory(folder_ + "/secrets");
  chmod((folder_ + "/secrets").c_str(), 0700);
  chmod(file("secrets/auth.key", "x").c_str(), 0600);
  examine_access(findings_, folder_);
  EXPECT_EQ(grade("access to data"), Grade::ok);
  findings_.clear();
  chmod(file("secrets/payments.key", "x").c_str(), 0644);
  examine_access(findings_, folder_);
  EXPECT_EQ(grade("access to data"), Grade::fail);
  EXPECT_NE(findings_[0].detail.find("chmod -R go-rwx " + folder_), std::string::npos);
}

TEST_F(Doctor, NamesTheLineOfAConfigurationThatCannotBeRead) {
  read_configuration(findings_, file("bad.toml", "[a]\nb = 1\nc = = 2\n"), nullptr);
  EXPECT_EQ(grade("configuration"), Grade::fail);
  EXPECT_NE(findings_[0].detail.find("line 3"), std::string::npos) << findings_[0].detail;
  findings_.clear();
  read_configuration(findings_, folder_ + "/missing.toml", nullptr);
  EXPECT_EQ(grade("configuration"), Grade::fail);
}

TEST_F(Doctor, TheEnvironmentCountsMoreThanTheFile) {
  const char* environment[] = {"BRAMBLE_INVENTORY_HOLD_S=7", "OTHER=1", nullptr};
  auto configured = read_configuration(findings_, file("a.toml", "[inventory]\nhold_s = 900\n"), environment);
  EXPECT_EQ(configured.at("inventory.hold_s"), "7");
  EXPECT_EQ(configured.size(), 1U);
}

TEST_F(Doctor, FindsFilesThatAreNotThere) {
  examine_named_files(findings_,
                      {{"http.tls_certificate", folder_ + "/none.pem"}, {"auth.key_file", file("key", "x")}});
  EXPECT_EQ(grade("http.tls_certificate"), Grade::fail);
  EXPECT_EQ(grade("auth.key_file"), Grade::ok);
}

TEST_F(Doctor, SaysThatAPostgresDoesNotAnswer) {
  examine_postgres(findings_,
                   {{"database.conninfo", "host=127.0.0.1 port=1 dbname=x"}, {"auth.issuer", "bramble"}});
  ASSERT_EQ(findings_.size(), 1U);
  EXPECT_EQ(grade("PostgreSQL (database.conninfo)"), Grade::fail);
  EXPECT_TRUE(is_conninfo("a", "postgresql://h/db"));
}

TEST_F(Doctor, PrintsLinesOrJson) {
  Findings findings{{Grade::ok, "a", "fine"}, {Grade::fail, "b \"c\"", "no\n"}};
  EXPECT_EQ(to_json(findings), R"({"ok":false,"items":[{"grade":"ok","what":"a","detail":"fine"},)"
                               R"({"grade":"fail","what":"b \"c\"","detail":"no\u000a"}]})");
  EXPECT_NE(to_text(findings).find("fail  b \"c\"  — no"), std::string::npos);
}

// What the command prints, with settings that are complained about.
std::string said(const std::string& words, int& exit_code, const std::string& complaint) {
  Command app("");
  add_doctor_command(app, exit_code, [=](const std::string&, bool sandbox) {
    SettingsTrial trial{complaint, "orders.hold_ms  integer\n", {}};
    if (!sandbox) trial.lacking.emplace_back("payments.bank_url");
    return trial;
  });
  testing::internal::CaptureStdout();
  app.parse("bramble doctor " + words);
  return testing::internal::GetCapturedStdout();
}

TEST_F(Doctor, TheCommandEndsWithOneWhenAnythingFailed) {
  int exit_code = -1;
  auto text = said("--json --data " + file("plain", "x"), exit_code, "");
  EXPECT_EQ(exit_code, 1);
  EXPECT_EQ(text.rfind("{\"ok\":false", 0), 0U) << text;
  EXPECT_NE(text.find(R"({"grade":"ok","what":"settings")"), std::string::npos) << text;
}

TEST_F(Doctor, RepeatsWhatTheModulesSayOfTheirSettings) {
  int exit_code = -1;
  auto config = file("bramble.toml", "[orders]\nhold_mx = 3\n");
  auto text = said("--data " + folder_ + " --config " + config, exit_code, "nobody knows orders.hold_mx");
  EXPECT_EQ(exit_code, 1);
  EXPECT_NE(text.find("nobody knows orders.hold_mx"), std::string::npos) << text;
  text = said("--data " + folder_ + " --config " + file("bad.toml", "["), exit_code, "not asked");
  EXPECT_EQ(text.find("not asked"), std::string::npos) << text;
}

TEST_F(Doctor, SaysWhatAConfigurationLacksUnlessTheOutsideIsTheSandbox) {
  int exit_code = -1;
  auto config = " --config " + file("bramble.toml", "");
  auto text = said("--port-base 60000 --data " + folder_ + config, exit_code, "");
  EXPECT_EQ(exit_code, 1) << text;
  EXPECT_NE(text.find("fail  outside world            — not configured: payments.bank_url"),
            std::string::npos)
      << text;
  text = said("--port-base 60000 --data " + folder_, exit_code, "");
  EXPECT_NE(text.find("warn  outside world"), std::string::npos) << text;
  text = said("--port-base 60000 --sandbox --data " + folder_ + config, exit_code, "");
  EXPECT_EQ(text.find("outside world"), std::string::npos) << text;
}

TEST_F(Doctor, ListsTheSettings) {
  int exit_code = -1;
  EXPECT_EQ(said("--settings", exit_code, "whatever"), "orders.hold_ms  integer\n");
  EXPECT_EQ(exit_code, 0);
}

}  // namespace
}  // namespace bramble::doctor
