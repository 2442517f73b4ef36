#include "runtime/settings.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "runtime/proxy_settings.h"
#include "runtime/secrets.h"
#include "runtime/system_clock.h"
#include "testing/scratch_folder.h"

namespace bramble {
namespace {

std::string refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.message;
  }
  return "";
}

TEST(Settings, FlagsGoBeforeTheEnvironmentAndThatBeforeTheFile) {
  Settings settings;
  settings.load_text("[inventory]\nhold_s = 1\nsweep_s = 1\npage = 1\n", "file");
  const char* environment[] = {"BRAMBLE_INVENTORY_HOLD_S=2", "BRAMBLE_INVENTORY_SWEEP_S=2", "HOME=/",
                               nullptr};
  settings.load_environment(environment);
  settings.set("inventory.hold_s=3");
  EXPECT_EQ(settings.integer("inventory", "hold_s", 9, 0, 10), 3);
  EXPECT_EQ(settings.integer("inventory", "sweep_s", 9, 0, 10), 2);
  EXPECT_EQ(settings.integer("inventory", "page", 9, 0, 10), 1);
  EXPECT_EQ(settings.integer("inventory", "other", 9, 0, 10), 9);
  settings.check();
}

TEST(Settings, AListIsAnArrayOrWordsWithCommas) {
  Settings settings;
  settings.load_text(
      "[server]\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\nproxy_protocol = \"a, b ,,c \"\n", "file");
  EXPECT_EQ(settings.list("server", "trusted_proxies"), (std::vector<std::string>{"10.0.0.0/8", "::1"}));
  EXPECT_EQ(settings.list("server", "proxy_protocol"), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(settings.list("server", "other").empty());
  EXPECT_NE(refusal([&] { settings.load_text("[server]\nports = [1]\n", "file"); }).find("server.ports"),
            std::string::npos);
}

TEST(Settings, ProxiesAreNetworksAndTheProtocolWantsThem) {
  auto read = [](const std::string& text) {
    Settings settings;
    settings.load_text("[server]\n" + text, "file");
    return read_proxy_settings(settings);
  };
  auto proxies =
      read("trusted_proxies = \"10.0.0.0/8\"\nforwarded_header = \"forwarded\"\nproxy_protocol = \"ops\"\n");
  EXPECT_EQ(proxies.rules.trusted.size(), 1u);
  EXPECT_TRUE(proxies.rules_of("ops").protocol);
  EXPECT_FALSE(proxies.rules_of("storefront").protocol);
  EXPECT_EQ(proxies.rules_of("storefront").header, ForwardedHeader::forwarded);
  for (const char* wrong : {"trusted_proxies = \"10.0.0.1/8\"\n", "forwarded_header = \"x-real-ip\"\n",
                            "proxy_protocol = \"ops\"\n"}) {
    EXPECT_NE(refusal([&] { read(wrong); }).find("server."), std::string::npos) << wrong;
  }
}

TEST(Settings, AnUnknownKeyIsRefusedWithTheNearestKnownOne) {
  for (int source = 0; source < 3; ++source) {
    Settings settings;
    if (source == 0) settings.load_text("[inventory]\nhold_z = 1\n", "bramble.toml");
    const char* environment[] = {"BRAMBLE_INVENTORY_HOLD_Z=1", nullptr};
    if (source == 1) settings.load_environment(environment);
    if (source == 2) settings.set("inventory.hold_z=1");
    settings.integer("inventory", "hold_s", 1, 0, 10);
    settings.integer("inventory", "sweep_pause_s", 1, 0, 10);
    auto message = refusal([&] { settings.check(); });
    std::string nearest = source == 1 ? "BRAMBLE_INVENTORY_HOLD_S" : "inventory.hold_s";
    EXPECT_NE(message.find("the nearest is " + nearest), std::string::npos) << message;
  }
}

TEST(Settings, SectionsOfModulesThatDoNotRunAreLeftAlone) {
  Settings settings;
  settings.load_text("[orders]\nanything = 1\n", "file");
  const char* environment[] = {"BRAMBLE_ORDERS_OTHER=1", nullptr};
  settings.load_environment(environment);
  EXPECT_NE(refusal([&] { settings.check(); }), "");
  settings.check({"orders"});
}

TEST(Settings, ValuesOutsideTheirBoundsOrOfAnotherKindAreRefused) {
  Settings settings;
  settings.set("a.low=0");
  settings.set("a.word=ten");
  settings.set("a.flag=perhaps");
  EXPECT_NE(refusal([&] { settings.integer("a", "low", 5, 1, 10); }).find("1..10"), std::string::npos);
  EXPECT_NE(refusal([&] { settings.integer("a", "word", 5, 1, 10); }), "");
  EXPECT_NE(refusal([&] { settings.flag("a", "flag", true); }), "");
  EXPECT_NE(refusal([&] { settings.set("a.b"); }), "");
  EXPECT_NE(refusal([&] { settings.load_text("a = 1\n", "file"); }), "");
  EXPECT_NE(refusal([&] { settings.load_text("[a]\nb = [1]\n", "file"); }), "");
  EXPECT_NE(refusal([&] { settings.load_text("[a\n", "file"); }).find("line 1"), std::string::npos);
  EXPECT_NE(refusal([&] { settings.load_file("/nowhere/bramble.toml"); }), "");
}

TEST(Settings, HelpListsEverySettingThatWasAskedFor) {
  Settings settings;
  settings.integer("inventory", "hold_s", 900, 1, 86'400);
  settings.secret("auth", "pepper");
  EXPECT_NE(settings.help().find("inventory.hold_s"), std::string::npos);
  EXPECT_NE(settings.help().find("integer 1..86400  (900)"), std::string::npos);
}

TEST(Secrets, AMadeSecretIsKeptForTheOwnerAlone) {
  ScratchFolder folder;
  SystemRandom random;
  Settings settings;
  auto secret = find_secret(settings, folder.path(), random, "auth", "pepper", 32);
  EXPECT_GE(secret.size(), 32u);
  EXPECT_EQ(find_secret(settings, folder.path(), random, "auth", "pepper", 32), secret);
  EXPECT_NE(find_secret(settings, folder.path(), random, "auth", "other", 32), secret);
  struct stat about {};
  ASSERT_EQ(::stat((folder.path() + "/secrets/auth.pepper").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  ASSERT_EQ(::stat((folder.path() + "/secrets").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700u);
}

TEST(Secrets, ComeFromTheEnvironmentOrFromANamedFileAndNeverFromTheConfiguration) {
  ScratchFolder folder;
  SystemRandom random;
  std::ofstream(folder.path() + "/key") << "from-a-file-0123456789\n";
  Settings settings;
  settings.set("auth.key_file=" + folder.path() + "/key");
  EXPECT_EQ(find_secret(settings, folder.path(), random, "auth", "key", 16), "from-a-file-0123456789");
  const char* environment[] = {"BRAMBLE_AUTH_KEY=from-the-environment", nullptr};
  settings.load_environment(environment);
  EXPECT_EQ(find_secret(settings, folder.path(), random, "auth", "key", 16), "from-the-environment");
  EXPECT_NE(refusal([&] { find_secret(settings, folder.path(), random, "auth", "key", 64); }), "");
  settings.check();
  settings.set("auth.key=from-a-flag");
  auto message = refusal([&] { find_secret(settings, folder.path(), random, "auth", "key", 8); });
  EXPECT_EQ(message.find("from-a-flag"), std::string::npos);
  EXPECT_NE(message.find("BRAMBLE_AUTH_KEY"), std::string::npos);
}

}  // namespace
}  // namespace bramble
