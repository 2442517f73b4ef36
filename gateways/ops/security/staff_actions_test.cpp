#include "gateways/ops/security/staff_actions.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "gateways/edge/problem.h"
#include "testing/clock.h"
#include "testing/fakes/fake_security.h"
#include "testing/fakes/quiet_logger.h"
#include "testing/run.h"

namespace bramble::ops {
namespace {

class StaffActionsTest : public testing::Test {
 protected:
  StaffActionsTest() {
    request.method = "POST";
    http.request = &request;
    http.call.caller = {CallerKind::staff, "usr_anna", {"support"}, ""};
    request.remote_address = "192.0.2.1";
    http.path["order_id"] = "ord_1";
    route.info.name = "refund_order";
    route.info.auth = edge::Auth::staff;
    route.run = [this](edge::HttpCall&) -> Task<HttpResponse> {
      noted_before = log.sightings.size();
      ++done;
      if (fails) throw edge::Problem(409, "not_refundable", "no");
      co_return HttpResponse{};
    };
  }
  void run() { run_sync(actions.run(route, http)); }

  TestClock clock;
  FakeSecurity log;
  QuietLogger logger;
  StaffActions actions{log, clock, logger};
  HttpRequest request;
  edge::HttpCall http;
  edge::Route route;
  bool fails = false;
  int done = 0;
  std::size_t noted_before = 0;
};

TEST_F(StaffActionsTest, AreNotedBeforeTheyAreDoneAndHowTheyEnded) {
  run();
  EXPECT_EQ(noted_before, 1u);
  ASSERT_EQ(log.sightings.size(), 2u);
  EXPECT_EQ(log.sightings[0].kind, "staff_action");
  EXPECT_EQ(log.sightings[0].principal, "usr_anna");
  EXPECT_EQ(log.sightings[0].address, "192.0.2.1");
  EXPECT_EQ(log.sightings[0].subject, "ord_1");
  EXPECT_EQ(log.sightings[0].detail, "refund_order");
  EXPECT_EQ(log.sightings[1].kind, "staff_action_done");
  EXPECT_EQ(log.sightings[1].detail, "refund_order: 200");
}

TEST_F(StaffActionsTest, ThatFailAreNotedAsFailedAndFail) {
  fails = true;
  EXPECT_THROW(run(), edge::Problem);
  ASSERT_EQ(log.sightings.size(), 2u);
  EXPECT_EQ(log.sightings[1].detail, "refund_order: not_refundable");
}

TEST_F(StaffActionsTest, ThatCannotBeNotedAreNotDone) {
  log.trouble.next("note", Trouble::When::before);
  try {
    run();
    ADD_FAILURE() << "it was done";
  } catch (const Error& error) {
    EXPECT_EQ(error.reason, "not_logged");
    EXPECT_EQ(error.code, ErrorCode::unavailable);
  }
  EXPECT_EQ(done, 0);
}

TEST_F(StaffActionsTest, WhoseOutcomeCannotBeNotedAreDoneAllTheSame) {
  log.trouble.next("note", Trouble::When::never);
  log.trouble.next("note", Trouble::When::before);
  run();
  EXPECT_EQ(done, 1);
  EXPECT_EQ(log.sightings.size(), 1u);
}

TEST_F(StaffActionsTest, OfWorkersAndReadingAreNot) {
  request.method = "GET";
  run();
  request.method = "POST";
  http.call.caller.roles = {"warehouse"};
  run();
  EXPECT_EQ(done, 2);
  EXPECT_TRUE(log.sightings.empty());
}

}  // namespace
}  // namespace bramble::ops
