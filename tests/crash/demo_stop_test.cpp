#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "testing/scratch_folder.h"
#include "tests/harness/instance.h"
#include "tests/harness/wire.h"

namespace bramble {
namespace {

using namespace std::chrono_literals;

TEST(Demo, ThatIsBeingMadeEndsAtOnceWhenAskedToAndIsMadeTheNextTime) {
  ScratchFolder folder;
  harness::InstanceOptions options;
  options.data = folder.path() + "/data";
  options.arguments = {"--demo", "large"};  // takes minutes
  options.wait = false;
  harness::Instance unfinished(options);
  for (int i = 0; i < 600 && !std::filesystem::exists(options.data + "/catalog.db"); ++i) {
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_EQ(unfinished.stop(), -1) << "it was to be ended by the signal";
  EXPECT_FALSE(std::filesystem::exists(options.data + "/demo-size.txt"));
  options.arguments = {"--demo", "small"};
  options.wait = true;
  harness::Instance finished(options);
  EXPECT_EQ(finished.stop(), 0);
  EXPECT_TRUE(std::filesystem::exists(options.data + "/demo-size.txt"));
}

}  // namespace
}  // namespace bramble
