// Everything over TLS: the shop, the staff's gateway, the bank and its webhooks.
#include <gtest/gtest.h>

#include "testing/certificate.h"
#include "tests/scenarios/world.h"

namespace bramble::scenarios {
namespace {

TEST(Tls, ABuyerPaysAndTheBankCallsBackOverIt) {
  Certificate certificate;
  World world({"server.tls_certificate_file=" + certificate.certificate_file(),
               "server.tls_key_file=" + certificate.key_file(),
               "http_client.authorities_file=" + certificate.certificate_file()});
  ASSERT_TRUE(world.instance.storefront().starts_with("https://")) << world.instance.storefront();
  EXPECT_EQ(world.web.send(get(world.instance.storefront())).status, 0) << "we trust nobody yet";
  world.web.trust(certificate.certificate_file());
  auto buyer = world.shopper();
  auto order = world.order(buyer, {.sku_id = world.plenty().sku_id});
  auto id = order.text("order_id");
  EXPECT_TRUE(redirect_of(order).starts_with("https://")) << redirect_of(order);
  EXPECT_EQ(world.web.send(confirmation(redirect_of(order))).status, 303);
  EXPECT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
  auto plain = world.instance.storefront();
  EXPECT_EQ(world.web.send(get(plain.replace(0, 5, "http"))).status, 0);
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::scenarios
