#include "gateways/storefront/catalogue/product_cards.h"

#include <algorithm>

#include "gateways/media/placeholder.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t least_discount = 1;  // per cent

}  // namespace

void set_price(pages::View view, const pages::Locale& locale, const Money& price,
               const std::optional<Money>& old_price) {
  view.set("PRICE", locale.money(price));
  if (!old_price || old_price->currency != price.currency || old_price->amount_minor <= price.amount_minor)
    return;
  view.set_and_show("OLD_PRICE", locale.money(*old_price), "HAS_OLD_PRICE");
  auto discount = (old_price->amount_minor - price.amount_minor) * 100 / old_price->amount_minor;
  if (discount >= least_discount && discount < 100)
    view.set_and_show("DISCOUNT", locale.say("card.discount", {{"percent", discount}}), "HAS_DISCOUNT");
}

void set_buying(pages::View view, const SkuId& sku, std::int64_t available, std::int64_t quantity) {
  view.set("SKU", sku.text());
  view.show(quantity > 0 ? "IN_CART" : "NOT_IN_CART");
  view.set("QUANTITY", quantity);
  view.set("LESS", quantity - 1);
  view.set("MORE", quantity + 1);
  view.set("MOST", std::max(available, quantity));
  view.show_if(quantity >= available, "HAS_MOST");
}

void set_rating(pages::View view, const pages::Locale& locale, double rating, std::int64_t count) {
  if (rating <= 0 || count <= 0) return;
  view.set_and_show("RATING", locale.formats.rating(rating), "HAS_RATING");
  view.set("RATING_TEXT", locale.say("card.rated", {{"count", count}}));
}

void add_card(pages::View view, const pages::Locale& locale, const SearchItem& item, const InCart& in_cart) {
  auto card = view.add("CARD");
  card.set("ID", item.product_id.text());
  set_buying(card, item.sku_id, item.available, in_cart.of(item.sku_id));
  card.set("CARD_TITLE", item.title);
  card.set("BUY_TITLE", item.title);
  card.show("BACK_HERE");
  card.set_and_show("BRAND", item.brand, "HAS_BRAND");
  auto picture = item.image_url.empty() ? media::placeholder_address(item.title) : item.image_url;
  card.set_and_show("PICTURE", picture, "HAS_CARD_PICTURE");
  set_price(card, locale, item.price, item.old_price);
  set_rating(card, locale, item.rating, item.rating_count);
  card.show(item.available > 0 ? "ON_SALE" : "SOLD_OUT");
}

}  // namespace bramble::storefront
