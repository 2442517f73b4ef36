// A product in a list of products, such as results. The template is product_card.html inside the section
// CARD.
#pragma once

#include "gateways/pages/site.h"
#include "gateways/storefront/account/account_summary.h"
#include "gateways/storefront/storefront.api.h"

namespace bramble::storefront {

// Adds one CARD to the view.
void add_card(pages::View view, const pages::Locale& locale, const SearchItem& item, const InCart& in_cart);

// For buy.html: SKU, and IN_CART with a stepper's numbers or NOT_IN_CART.
void set_buying(pages::View view, const SkuId& sku, std::int64_t available, std::int64_t quantity);

// PRICE, and OLD_PRICE with HAS_OLD_PRICE and DISCOUNT ("−25%") if the price was higher before.
void set_price(pages::View view, const pages::Locale& locale, const Money& price,
               const std::optional<Money>& old_price);

// RATING with HAS_RATING, and the number of ratings in words; nothing without ratings.
void set_rating(pages::View view, const pages::Locale& locale, double rating, std::int64_t count);

}  // namespace bramble::storefront
