#include "gateways/storefront/catalogue/sku_choice.h"

#include <algorithm>
#include <set>

namespace bramble::storefront {
namespace {

constexpr std::size_t most_values = 60;
constexpr std::size_t most_options = 10;

std::string_view value_of(const ProductSku& sku, const std::string& name) {
  auto found = sku.options.find(name);
  return found == sku.options.end() ? std::string_view() : std::string_view(found->second);
}

// In the order of the variants.
std::vector<std::string> values_of(const std::vector<ProductSku>& skus, const std::string& name) {
  std::vector<std::string> values;
  for (const auto& sku : skus) {
    std::string value(value_of(sku, name));
    if (!value.empty() && std::find(values.begin(), values.end(), value) == values.end())
      values.push_back(std::move(value));
  }
  if (values.size() > most_values) values.resize(most_values);
  return values;
}

std::set<std::string> names_of(const std::vector<ProductSku>& skus) {
  std::set<std::string> names;
  for (const auto& sku : skus) {
    for (const auto& [name, value] : sku.options) names.insert(name);
  }
  return names;
}

bool any_on_sale(const std::vector<const ProductSku*>& skus) {
  return std::any_of(skus.begin(), skus.end(), [](const ProductSku* sku) { return sku->available > 0; });
}

}  // namespace

SkuChoice::SkuChoice(const ProductPage& product, const pages::Form& query) : product_(product) {
  auto asked = query.get("sku");
  for (const auto& sku : product.skus) {
    if (sku.sku_id.text() != asked) continue;
    chosen_ = sku.options;
    possible_ = {&sku};
    return;
  }
  for (const auto& text : query.all("o")) {
    auto sign = text.find('=');
    if (sign == std::string::npos || chosen_.size() == most_options) continue;
    auto wanted = chosen_;
    wanted[text.substr(0, sign)] = text.substr(sign + 1);
    if (!with(wanted).empty()) chosen_ = std::move(wanted);
  }
  possible_ = with(chosen_);
  // An option that all variants share is chosen already.
  for (const auto& name : names_of(product.skus)) {
    std::string first(value_of(*possible_.front(), name));
    bool is_same = std::all_of(possible_.begin(), possible_.end(),
                               [&](const ProductSku* sku) { return value_of(*sku, name) == first; });
    if (is_same && !first.empty()) chosen_[name] = first;
  }
}

std::vector<const ProductSku*> SkuChoice::with(const Options& options) const {
  std::vector<const ProductSku*> found;
  for (const auto& sku : product_.skus) {
    bool fits = std::all_of(options.begin(), options.end(),
                            [&](const auto& option) { return value_of(sku, option.first) == option.second; });
    if (fits) found.push_back(&sku);
  }
  return found;
}

const ProductSku& SkuChoice::shown() const {
  const auto* best = possible_.front();
  for (const auto* sku : possible_) {
    bool is_better = (sku->available > 0) != (best->available > 0)
                         ? sku->available > 0
                         : sku->price.amount_minor < best->price.amount_minor;
    if (is_better) best = sku;
  }
  return *best;
}

std::string SkuChoice::address_of(const Options& options) const {
  pages::QueryText query;
  auto left = with(options);
  if (left.size() == 1) {
    query.add("sku", left.front()->sku_id.text());
  } else {
    for (const auto& [name, value] : options) query.add("o", name + "=" + value);
  }
  return query.after("/product/" + product_.product_id.text());
}

void SkuChoice::show_options(pages::View view) const {
  for (const auto& name : names_of(product_.skus)) {
    auto option = view.add("OPTION");
    auto own = chosen_.find(name);
    option.set("OPTION_NAME", name);
    if (own != chosen_.end()) option.set_and_show("OPTION_CHOSEN", own->second, "HAS_CHOSEN");
    for (const auto& value : values_of(product_.skus, name)) {
      auto wanted = chosen_;
      wanted[name] = value;
      // Choices that do not go with the last one are dropped.
      if (with(wanted).empty()) wanted = {{name, value}};
      auto row = option.add("OPTION_VALUE");
      row.set("VALUE", value);
      row.set("VALUE_URL", address_of(wanted));
      bool is_chosen = own != chosen_.end() && own->second == value;
      row.show(is_chosen ? "CHOSEN" : any_on_sale(with(wanted)) ? "POSSIBLE" : "GONE");
    }
  }
}

// By the options in which it differs from the other possible ones.
std::string SkuChoice::title_of(const ProductSku& sku) const {
  std::string title;
  for (const auto& [name, value] : sku.options) {
    if (!chosen_.contains(name)) title += (title.empty() ? "" : ", ") + value;
  }
  return title.empty() ? sku.sku_id.text() : title;
}

void SkuChoice::show_variants(pages::View view, const pages::Locale& locale) const {
  for (const auto* sku : possible_) {
    auto row = view.add("VARIANT");
    row.set("VARIANT_SKU", sku->sku_id.text());
    row.set("VARIANT_TITLE", title_of(*sku));
    row.set("VARIANT_PRICE", locale.money(sku->price));
    row.show(sku->available > 0 ? "VARIANT_ON_SALE" : "VARIANT_GONE");
  }
}

}  // namespace bramble::storefront
