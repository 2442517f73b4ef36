// The main job, whole, over HTTP: from the phone code to the parcel that is ready, as the buyer's own stream
// of events tells it.
#include <gtest/gtest.h>

#include "tests/harness/event_stream.h"
#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

struct Shape {
  const char* name;
  const char* rpc;
  bool on_postgres;
};

void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

class MainJob : public testing::TestWithParam<Shape> {};

std::string status_in(const ServerEvent& event) {
  return std::string(JsonDocument::parse(event.data).root()["status"].text());
}

TEST_P(MainJob, ABuyerFindsOrdersAndPaysAndTheWarehousePacks) {
  const auto& shape = GetParam();
  World world({std::string("server.rpc=") + shape.rpc},
              shape.on_postgres ? demo_on_postgres() : demo_on_sqlite());
  auto buyer = world.buyer();
  const auto& goods = world.plenty();

  auto cart = buyer.put_in_cart(goods.sku_id, 2);
  ASSERT_EQ(cart.status, 200) << cart.body;
  EXPECT_EQ(cart["count"].integer(), 2);
  EXPECT_EQ(cart["totals"]["total"]["amount_minor"].integer(), 2 * goods.price_minor);

  EventStream events(world.instance.storefront(), buyer.token());
  ASSERT_EQ(events.status(), 200);
  auto order = buyer.send(buyer.ordering_cart(card("tok_3ds"), fresh_key()));
  ASSERT_EQ(order.status, 201) << order.body;
  auto id = order.text("order_id");
  EXPECT_EQ(order.text("status"), "PENDING_PAYMENT");
  EXPECT_EQ(order["total"]["amount_minor"].integer(), 2 * goods.price_minor);
  EXPECT_EQ(order["payment"]["status"].text(), "REQUIRES_ACTION");
  EXPECT_EQ(buyer.send(buyer.request("GET", "/api/v1/cart"))["count"].integer(), 0);

  auto wrong = world.client.send(confirmation(redirect_of(order), "9999"));
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(buyer.status(id), "PENDING_PAYMENT");
  auto confirmed = world.client.send(confirmation(redirect_of(order)));
  EXPECT_EQ(confirmed.status, 303) << confirmed.body;
  auto paid = events.next();
  EXPECT_EQ(paid.type, "order.status");
  EXPECT_EQ(status_in(paid), "PAID");

  auto worker = world.staff("warehouse");
  worker.pick(id);
  EXPECT_EQ(status_in(events.next()), "ASSEMBLING");
  worker.pack(id);
  EXPECT_EQ(status_in(events.next()), "READY_TO_SHIP");
  auto view = buyer.view(id);
  EXPECT_EQ(history_of(view), "PENDING_PAYMENT PAID ASSEMBLING READY_TO_SHIP");
  EXPECT_EQ(view["payment"]["status"].text(), "CAPTURED");

  // A stream that was cut off continues after the last event that was seen and misses none.
  EventStream resumed(world.instance.storefront(), buyer.token(), paid.id);
  for (const char* status : {"ASSEMBLING", "READY_TO_SHIP"}) EXPECT_EQ(status_in(resumed.next()), status);

  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

INSTANTIATE_TEST_SUITE_P(Shapes, MainJob,
                         testing::Values(Shape{"SqliteDirect", "direct", false},
                                         Shape{"SqliteEncoded", "encoded", false},
                                         Shape{"SqliteWithRepeats", "encoded_with_repeats", false},
                                         Shape{"PostgresDirect", "direct", true},
                                         Shape{"PostgresWithRepeats", "encoded_with_repeats", true}),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace bramble::journeys
