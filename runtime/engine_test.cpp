#include "runtime/engine.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "runtime/metrics_registry.h"

namespace bramble {
namespace {

class EngineTest : public testing::Test {
 protected:
  Engine engine(std::string port, std::string name) {
    auto opened = port + "." + name;
    return {.port = port,
            .name = name,
            .settings = [=](Settings& settings) { settings.text(port, name + "_url", ""); },
            .open = [=, this](const EngineContext&, Platform&) { opened_.push_back(opened); }};
  }
  void make(bool defaults_only = false) {
    auto engines = std::vector{engine("cache", "memory"), engine("cache", "redis"),
                               engine("search", "xapian"), engine("database", "sqlite")};
    make_platform(engines, {settings_, *metrics_, "data", defaults_only});
  }

  Settings settings_;
  std::unique_ptr<Metrics> metrics_ = make_metrics();
  std::vector<std::string> opened_;
};

TEST_F(EngineTest, TheFirstOfAPortIsItsDefaultAndTheDatabaseIsOpenedFirst) {
  make();
  EXPECT_EQ(opened_, (std::vector<std::string>{"database.sqlite", "cache.memory", "search.xapian"}));
}

TEST_F(EngineTest, ConfigurationChoosesAnother) {
  settings_.set("cache.engine=redis");
  make();
  EXPECT_EQ(opened_[1], "cache.redis");
}

TEST_F(EngineTest, AnUnknownNameIsRefusedWithThoseThatAreAllowed) {
  for (bool defaults_only : {false, true}) {
    settings_.set("cache.engine=reddis");
    try {
      make(defaults_only);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.message, "cache.engine from --set is 'reddis': one of memory, redis is wanted");
    }
  }
}

TEST_F(EngineTest, SettingsOfAnEngineThatIsNotChosenAreKnown) {
  settings_.set("cache.redis_url=redis://cache");
  make();
  settings_.check();
  EXPECT_NE(settings_.help().find("cache.redis_url"), std::string::npos);
  EXPECT_NE(settings_.help().find("memory, redis  (memory)"), std::string::npos);
}

TEST_F(EngineTest, ATrialOpensOnlyDefaults) {
  settings_.set("cache.engine=redis");
  make(true);
  EXPECT_EQ(opened_[1], "cache.memory");
}

}  // namespace
}  // namespace bramble
