// Everything over TLS: the shop, the staff's gateway, the bank and its webhooks.
#include <gtest/gtest.h>

#include "testing/certificate.h"
#include "tests/journeys/world.h"

namespace bramble::journeys {
namespace {

TEST(Tls, ABuyerPaysAndTheBankCallsBackOverIt) {
  Certificate certificate;
  World world({"server.tls_certificate_file=" + certificate.certificate_file(),
               "server.tls_key_file=" + certificate.key_file(),
               "http_client.authorities_file=" + certificate.certificate_file()});
  ASSERT_TRUE(world.instance.storefront().starts_with("https://")) << world.instance.storefront();
  EXPECT_EQ(world.client.send(get(world.instance.storefront())).status, 0) << "we trust nobody yet";
  world.client.trust(certificate.certificate_file());
  auto cart = world.client.send(get(world.instance.storefront() + "/api/v1/cart"));
  EXPECT_TRUE(cart.headers.get("Set-Cookie").starts_with("__Host-bramble_cart=")) << cart.status;
  for (const auto& origin : {world.instance.storefront(), world.instance.ops(), world.instance.sandbox()}) {
    for (const char* path : {"/nothing", "/api/v1/openapi.json", "/readyz", "/api/v1/search?limit=x"}) {
      auto answer = world.client.send(get(origin + path));
      EXPECT_EQ(answer.headers.get("Strict-Transport-Security"), http_hsts) << origin << path;
      EXPECT_EQ(answer.headers.get("X-Content-Type-Options"), "nosniff") << origin << path;
      EXPECT_NE(answer.headers.get("Content-Security-Policy").find("frame-ancestors 'none'"),
                std::string_view::npos)
          << origin << path;
    }
  }
  auto buyer = world.buyer();
  auto order = world.order(buyer, {.sku_id = world.plenty().sku_id});
  auto id = order.text("order_id");
  EXPECT_TRUE(redirect_of(order).starts_with("https://")) << redirect_of(order);
  EXPECT_EQ(world.client.send(confirmation(redirect_of(order))).status, 303);
  EXPECT_EQ(buyer.wait_for(id, {"PAID"}).text("status"), "PAID");
  auto plain = world.instance.storefront();
  EXPECT_EQ(world.client.send(get(plain.replace(0, 5, "http"))).status, 0);
  world.expect_money_follows(buyer, {id});
  world.expect_consistent();
}

}  // namespace
}  // namespace bramble::journeys
