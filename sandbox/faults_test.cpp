#include "sandbox/faults.h"

#include <gtest/gtest.h>

#include <array>

#include "testing/clock.h"

namespace bramble::sandbox {
namespace {

constexpr int draws = 100'000;

std::array<int, 5> drawn_faults(const ApiFaults& faults) {
  SeededRandom random(7);
  std::array<int, 5> counts{};
  for (int i = 0; i < draws; ++i) ++counts[static_cast<std::size_t>(draw_fault(faults, random.entropy()))];
  return counts;
}

bool is_about(int count, double share) { return std::abs(count - share * draws) < 0.01 * draws; }

TEST(Faults, NothingBefallsWithoutFaults) {
  EXPECT_EQ(drawn_faults({})[0], draws);
  SeededRandom random;
  auto fate = draw_fault(WebhookFaults{}, random.entropy());
  EXPECT_FALSE(fate.dropped);
  EXPECT_FALSE(fate.doubled);
  EXPECT_EQ(fate.delay.us, 0);
}

TEST(Faults, RatesAreKeptAndHalfHappenAfterTheBankActed) {
  auto counts = drawn_faults({.error_rate = 0.2, .timeout_rate = 0.25});
  EXPECT_TRUE(is_about(counts[1], 0.1));
  EXPECT_TRUE(is_about(counts[2], 0.1));
  EXPECT_TRUE(is_about(counts[3], 0.8 * 0.125));
  EXPECT_TRUE(is_about(counts[4], 0.8 * 0.125));
  EXPECT_TRUE(is_about(counts[0], 0.8 * 0.75));
}

TEST(Faults, ARateOfOneSparesNobody) {
  auto errors = drawn_faults({.error_rate = 1});
  EXPECT_EQ(errors[1] + errors[2], draws);
  auto timeouts = drawn_faults({.timeout_rate = 1});
  EXPECT_EQ(timeouts[3] + timeouts[4], draws);
  EXPECT_TRUE(is_about(timeouts[3], 0.5));
}

TEST(Faults, WebhooksAreDroppedAndHeldBackAsAsked) {
  SeededRandom random(3);
  int dropped = 0;
  int held = 0;
  std::int64_t longest = 0;
  WebhookFaults faults{.delay_ms = 100, .duplicate = true, .drop_rate = 0.3, .reorder = true};
  for (int i = 0; i < draws; ++i) {
    auto fate = draw_fault(faults, random.entropy());
    dropped += fate.dropped;
    held += fate.delay > milliseconds(100);
    longest = std::max(longest, fate.delay.us);
    EXPECT_TRUE(fate.doubled);
    EXPECT_GE(fate.delay, milliseconds(100));
  }
  EXPECT_TRUE(is_about(dropped, 0.3));
  EXPECT_TRUE(is_about(held, 0.5));
  EXPECT_LT(longest, 600'000);
}

}  // namespace
}  // namespace bramble::sandbox
