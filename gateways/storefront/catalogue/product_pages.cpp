#include "gateways/storefront/catalogue/product_pages.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "gateways/media/placeholder.h"
#include "gateways/storefront/catalogue/product_cards.h"
#include "gateways/storefront/catalogue/product_data.h"
#include "gateways/storefront/catalogue/sku_choice.h"

namespace bramble::storefront {
namespace {

constexpr std::int64_t few = 5;
constexpr std::size_t most_pictures = 12;
constexpr std::size_t description_characters = 160;

// The beginning of a text, cut at a character, with an ellipsis.
std::string beginning(std::string_view text) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < description_characters; ++count) {
    at += std::max<std::size_t>(utf8_sequence_length(text, at), 1);
  }
  return at < text.size() ? std::string(text.substr(0, at)) + "…" : std::string(text);
}

// The API's dates have no time. Noon is on the same day in every time zone of our readers.
Time noon_of(const std::string& day) { return parse_rfc3339(day + "T12:00:00Z").value_or(Time{}); }

// The chosen variant's picture first.
std::vector<std::string> pictures_of(const ProductPage& product, const ProductSku& sku) {
  auto pictures = product.images;
  if (!sku.image_url.empty()) {
    std::erase(pictures, sku.image_url);
    pictures.insert(pictures.begin(), sku.image_url);
  }
  if (pictures.size() > most_pictures) pictures.resize(most_pictures);
  return pictures;
}

void show_gallery(pages::View view, const pages::Locale& locale, const ProductPage& product,
                  const std::vector<std::string>& pictures) {
  view.show(pictures.empty() ? "NO_PICTURES" : "PICTURES");
  if (pictures.empty()) view.set("PLACEHOLDER_URL", media::placeholder_address(product.title));
  view.show_if(pictures.size() > 1, "SEVERAL_PICTURES");
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    auto row = view.add("PICTURE");
    row.set("PICTURE_URL", pictures[i]);
    auto number = static_cast<std::int64_t>(i + 1);
    row.set("PICTURE_NUMBER", number);
    row.set("PICTURE_TEXT", locale.say("product.picture_text",
                                       {{"title", std::string_view(product.title)}, {"number", number}}));
    row.show(i == 0 ? "FIRST_PICTURE" : "LATER_PICTURE");
  }
}

// The price while several variants are possible: the lowest, with "from" if prices differ.
void show_least_price(pages::View view, const pages::Locale& locale, const SkuChoice& choice) {
  const auto& least = choice.shown().price;
  const auto& possible = choice.possible();
  bool is_same =
      std::all_of(possible.begin(), possible.end(), [&](const auto* sku) { return sku->price == least; });
  auto text = locale.money(least);
  view.set("PRICE", is_same ? text : locale.say("product.price_from", {{"price", std::string_view(text)}}));
}

void show_purchase(pages::View view, pages::PageRequest& request, const ProductPage& product,
                   const SkuChoice& choice, const InCart& in_cart) {
  const auto& locale = request.locale;
  const auto& sku = choice.shown();
  if (choice.sku() != nullptr) {
    set_price(view, locale, sku.price, sku.old_price);
    set_buying(view, sku.sku_id, sku.available, in_cart.of(sku.sku_id));
  } else {
    show_least_price(view, locale, choice);
  }
  if (sku.available <= 0) {
    bool is_one_of_many = product.skus.size() > 1;
    view.show("SOLD_OUT");
    view.set("SOLD_OUT_TEXT", locale.say(is_one_of_many ? "product.option_sold_out" : "product.sold_out"));
    return;
  }
  view.show("ON_SALE");
  view.show(choice.sku() != nullptr ? "IS_CHOSEN" : "TO_CHOOSE");
  if (choice.sku() != nullptr) {
    view.set_and_show("AVAILABLE_TEXT",
                      sku.available <= few ? locale.say("product.few", {{"count", sku.available}})
                                           : std::string(locale.say("product.in_stock")),
                      "AVAILABLE");
    view.show(sku.available <= few ? "FEW" : "MANY");
  }
  view.set("DELIVERY_DAYS", locale.formats.days(noon_of(product.delivery_promise.earliest),
                                                noon_of(product.delivery_promise.latest)));
}

void show_words(pages::View view, const ProductPage& product) {
  view.set("PRODUCT_TITLE", product.title);
  view.set("BUY_TITLE", product.title);
  view.show("LARGE");
  view.set_and_show("BRAND", product.brand, "HAS_BRAND");
  view.set("BRAND_URL", pages::QueryText().add("brand", product.brand).after("/search"));
  view.show_if(!product.attributes.empty(), "ATTRIBUTES");
  for (const auto& attribute : product.attributes) {
    auto row = view.add("ATTRIBUTE");
    row.set("NAME", attribute.name);
    row.set("TEXT", attribute.value);
  }
  view.set_and_show("DESCRIPTION_TEXT", product.description, "DESCRIPTION");
}

void show_breadcrumbs(pages::View view, const CategoryTree& tree, const CategoryId& category) {
  for (const auto* above : tree.path(category.text())) {
    auto crumb = view.add("CRUMB");
    crumb.set("CRUMB_TITLE", above->title);
    crumb.set("CRUMB_URL", "/category/" + above->category_id.text());
  }
}

// The address of this page with the choice open, for browsers without scripts.
std::string choose_path(const pages::PageRequest& request) {
  pages::QueryText query;
  for (const auto& option : request.query.all("o")) query.add("o", option);
  return query.add("choose", 1).after(request.http.request->path) + "#choice";
}

}  // namespace

std::vector<edge::Route> ProductPages::routes(const pages::Site& site) {
  return {site.get("page_product", "/product/{product_id}", edge::Auth::optional,
                   pages::handler(*this, &ProductPages::product))};
}

Task<pages::Answer> ProductPages::product(pages::PageRequest& request) {
  auto id = ProductId::parse(request.http.path.find("product_id")->second);
  if (!id) throw Error(ErrorCode::not_found, "product_not_found", "there is no such product");
  auto product = co_await goods_.product(request.http, {*id});
  if (product.skus.empty()) throw Error(ErrorCode::not_found, "product_not_found", "it has nothing to sell");
  SkuChoice choice(product, request.query);
  const auto& sku = choice.shown();
  auto tree = co_await lists_.tree(request.http);
  auto similar = co_await lists_.list(request.http, product.category_id.text(), "rating");
  auto& view = request.view;
  view.set("TITLE", product.title);
  view.set_and_show("META_DESCRIPTION",
                    beginning(product.description.empty() ? product.title : product.description),
                    "HAS_DESCRIPTION");
  auto pictures = pictures_of(product, sku);
  if (!pictures.empty()) {
    const auto& picture = pictures.front();
    view.set_and_show("OG_PICTURE", picture.starts_with('/') ? public_url_ + picture : picture,
                      "HAS_PICTURE");
  }
  view.set_json("JSON_PRODUCT", product_data(product, public_url_));
  auto section = view.add("PRODUCT");
  section.set("ID", product.product_id.text());
  show_breadcrumbs(section, *tree, product.category_id);
  show_words(section, product);
  show_gallery(section, request.locale, product, pictures);
  set_rating(section, request.locale, product.rating, product.rating_count);
  choice.show_options(section);
  if (choice.sku() == nullptr) choice.show_variants(section, request.locale);
  section.set("CHOOSE_URL", choose_path(request));
  section.show_if(request.query.has("choose"), "CHOICE_IS_OPEN");
  auto in_cart = co_await summary_.in_cart(request);
  show_purchase(section, request, product, choice, in_cart);
  // The reader's own unpaid order may hold the last unit.
  if (sku.available <= 0) {
    auto waiting = co_await summary_.waiting(request);
    if (const auto* holder = holder_of(waiting, sku.sku_id)) show_holder(section, request.locale, *holder);
  }
  pages::View similar_goods(nullptr);
  for (const auto& item : *similar) {
    if (item.product_id == product.product_id) continue;
    if (similar_goods.dictionary() == nullptr) similar_goods = view.add("SIMILAR");
    add_card(similar_goods, request.locale, item, in_cart);
  }
  co_return pages::PageResult{"product.html"};
}

}  // namespace bramble::storefront
