#include "gateways/storefront/catalogue/product_data.h"

#include <algorithm>

#include "runtime/json/json.h"

namespace bramble::storefront {
namespace {

constexpr std::size_t most_pictures = 6;
constexpr std::int64_t minor = 100;

// "1999.00": not a number of JSON, which would lose digits.
std::string amount_text(const Money& money) {
  auto cents = std::to_string(100 + money.amount_minor % minor).substr(1);
  return std::to_string(money.amount_minor / minor) + "." + cents;
}

void text(JsonWriter& json, std::string_view name, std::string_view value) {
  json.name(name);
  json.text(value);
}

void write_offer(JsonWriter& json, const ProductPage& product, const std::string& url) {
  auto less = [](const ProductSku& a, const ProductSku& b) {
    return a.price.amount_minor < b.price.amount_minor;
  };
  auto [lowest, highest] = std::minmax_element(product.skus.begin(), product.skus.end(), less);
  bool is_on_sale = std::any_of(product.skus.begin(), product.skus.end(),
                                [](const auto& sku) { return sku.available > 0; });
  json.name("offers");
  json.begin_object();
  text(json, "@type", "AggregateOffer");
  text(json, "url", url);
  text(json, "priceCurrency", lowest->price.currency);
  text(json, "lowPrice", amount_text(lowest->price));
  text(json, "highPrice", amount_text(highest->price));
  json.name("offerCount");
  json.integer(static_cast<std::int64_t>(product.skus.size()));
  text(json, "availability", is_on_sale ? "https://schema.org/InStock" : "https://schema.org/OutOfStock");
  json.end_object();
}

}  // namespace

std::string product_data(const ProductPage& product, const std::string& public_url) {
  auto url = public_url + "/product/" + product.product_id.text();
  JsonWriter json;
  json.begin_object();
  text(json, "@context", "https://schema.org");
  text(json, "@type", "Product");
  text(json, "name", product.title);
  text(json, "url", url);
  if (!product.description.empty()) text(json, "description", product.description);
  if (!product.brand.empty()) {
    json.name("brand");
    json.begin_object();
    text(json, "@type", "Brand");
    text(json, "name", product.brand);
    json.end_object();
  }
  json.name("image");
  json.begin_array();
  for (std::size_t i = 0; i < std::min(product.images.size(), most_pictures); ++i) {
    const auto& image = product.images[i];
    json.text(image.starts_with('/') ? public_url + image : image);
  }
  json.end_array();
  if (product.rating > 0 && product.rating_count > 0) {
    json.name("aggregateRating");
    json.begin_object();
    text(json, "@type", "AggregateRating");
    json.name("ratingValue");
    json.number(product.rating);
    json.name("reviewCount");
    json.integer(product.rating_count);
    json.end_object();
  }
  if (!product.skus.empty()) write_offer(json, product, url);
  json.end_object();
  return json.take();
}

}  // namespace bramble::storefront
