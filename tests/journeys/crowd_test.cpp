// More than fit: one account's streams, an address' connections. The bank and staff are heard all the same.
#include <gtest/gtest.h>

#include "tests/harness/event_stream.h"
#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

std::uint16_t port_of(const std::string& address) {
  return static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1)));
}

TEST(Crowd, AStreamTooManyEndsTheOldestOfItsPersonAndNobodyElses) {
  World world({"storefront.streams_per_person=3"});
  auto buyers = world.buyers(2);
  auto open = [&](const Buyer& buyer) {
    return std::make_unique<EventStream>(world.instance.storefront(), buyer.token());
  };
  auto neighbour = open(buyers[1]);
  std::vector<std::unique_ptr<EventStream>> streams;
  for (int i = 0; i < 4; ++i) streams.push_back(open(buyers[0]));
  for (const auto& stream : streams) EXPECT_EQ(stream->status(), 200);
  EXPECT_EQ(streams[0]->next().type, "replaced");
  EXPECT_THROW(streams[0]->next(), std::runtime_error) << "it has ended";
  for (const auto& buyer : buyers)
    world.order(buyer, {.sku_id = world.plenty().sku_id, .method = card("tok_ok")});
  EXPECT_EQ(neighbour->next().type, "order.status");
  for (int i = 1; i < 4; ++i)
    EXPECT_EQ(streams[static_cast<std::size_t>(i)]->next().type, "order.status") << i;
  world.expect_consistent();
}

TEST(Crowd, WhoHasTakenEveryConnectionStillLeavesRoomForTheBankAndForStaff) {
  World world({"server.connections=64", "payments.reconcile_after_ms=3600000"});
  auto buyer = world.buyer();
  auto support = world.staff("support");
  auto order = world.order(buyer, {.sku_id = world.plenty().sku_id});
  auto port = port_of(world.instance.storefront());
  std::vector<std::unique_ptr<http::Peer>> crowd;
  for (int i = 0; i < 60; ++i) {
    crowd.push_back(std::make_unique<http::Peer>(port));
    crowd.back()->send("GET / HTTP/1.1\r\n");
  }
  auto answer = http::Peer(port).exchange("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(answer.status, 503) << "buyers have all that is theirs";
  EXPECT_LT(world.client.send(confirmation(redirect_of(order))).status, 400);
  auto view = support.request("GET", "/api/v1/orders/" + order.text("order_id"));
  EXPECT_TRUE(eventually([&] { return support.send(view)["order"]["status"].text() == "PAID"; }))
      << support.send(view).body;
  crowd.clear();
  world.expect_consistent();
}

TEST(Crowd, AReaderAheadOfTheFeedIsToldToLookAgainAndHearsWhatComes) {
  World world;
  auto buyer = world.buyer();
  for (const std::string ahead : {"999999", "99999999999999999999999"}) {
    auto order = world.order(buyer, {.sku_id = world.plenty().sku_id}).text("order_id");
    EventStream events(world.instance.storefront(), buyer.token(), ahead);
    auto reset = events.next();
    EXPECT_EQ(reset.type, "reset");
    buyer.cancel(order);
    auto news = events.next();
    EXPECT_EQ(news.type, "order.status");
    EXPECT_GT(std::stoll(news.id), std::stoll(reset.id));
    EventStream resumed(world.instance.storefront(), buyer.token(), reset.id);
    EXPECT_EQ(resumed.next().id, news.id) << "who is not ahead is not reset, and misses nothing";
  }
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
