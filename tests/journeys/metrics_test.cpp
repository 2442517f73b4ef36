// The metrics that Prometheus reads count the work that was done: every RPC, route, kind of statement, job,
// topic and queue.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "tests/harness/event_stream.h"
#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

// "name{labels}" → value.
std::map<std::string, double> scrape(World& world) {
  auto answer = world.client.send(get(world.instance.admin() + "/metrics"));
  EXPECT_EQ(answer.status, 200);
  std::map<std::string, double> values;
  std::istringstream lines(answer.body);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    auto space = line.rfind(' ');
    values[line.substr(0, space)] = std::stod(line.substr(space + 1));
  }
  return values;
}

TEST(Metrics, TellOfEveryKindOfWork) {
  World world;
  auto buyer = world.buyer();
  EventStream events(world.instance.storefront(), buyer.token());
  auto id = world.order(buyer, {.sku_id = world.plenty().sku_id, .method = card("tok_ok")}).text("order_id");
  ASSERT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
  ASSERT_EQ(buyer.cancel(id).status / 100, 2);
  ASSERT_EQ(buyer.wait_for(id, {"REFUNDED"}).text("status"), "REFUNDED");
  std::map<std::string, double> values;
  for (const char* name :
       {R"(bramble_rpc_total{method="create",outcome="ok",service="orders"})",
        R"(bramble_rpc_seconds_count{method="reserve",service="inventory"})",
        R"(bramble_http_requests_total{route="create_order",server="storefront",status="2xx"})",
        R"(bramble_http_request_seconds_count{route="cancel_order",server="storefront"})",
        R"(bramble_database_statements_total{kind="select",module="orders"})",
        R"(bramble_database_statements_total{kind="insert",module="orders"})",
        R"(bramble_database_statements_total{kind="update",module="inventory"})",
        R"(bramble_jobs_total{module="payments",outcome="done",type="payments.EndAtBank"})",
        R"(bramble_job_seconds_count{module="payments",type="payments.EndAtBank"})",
        R"(bramble_events_total{publisher="orders",type="orders.OrderPaid"})",
        R"(bramble_events_delivered_total{consumer="warehouse",publisher="orders"})",
        R"(bramble_event_delay_seconds_count{consumer="warehouse",publisher="orders"})",
        R"(bramble_chore_seconds_count{chore="expire-holds",module="inventory"})",
        R"(bramble_http_client_requests_total{module="payments"})",
        R"(bramble_http_connections{server="storefront"})", R"(bramble_http_streams{server="storefront"})",
        R"(bramble_notifications_waiting)", R"(process_resident_memory_bytes)"}) {
    EXPECT_TRUE(eventually([&] { return (values = scrape(world))[name] > 0; })) << name;
  }
  for (const char* queue :
       {R"(bramble_database_queued{module="orders"})", R"(bramble_database_queued{module="carts"})",
        R"(bramble_outbox_waiting{module="orders"})", R"(bramble_jobs_due{module="payments"})",
        R"(bramble_jobs_running{module="payments"})", R"(bramble_events_in_hand{module="orders"})",
        R"(bramble_dead_jobs{module="orders"})", R"(bramble_search_queries_waiting)",
        R"(bramble_search_writes_waiting)", R"(bramble_http_client_in_hand{module="payments"})",
        R"(bramble_sandbox_webhooks_waiting)"}) {
    EXPECT_TRUE(values.contains(queue)) << queue;
  }
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
