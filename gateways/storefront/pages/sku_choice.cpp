#include "gateways/storefront/pages/sku_choice.h"

#include <algorithm>

#include "gateways/pages/form.h"

namespace bramble::storefront {
namespace {

constexpr std::size_t most_values = 60;

std::string_view value_of(const ProductSku& sku, const std::string& name) {
  auto found = sku.options.find(name);
  return found == sku.options.end() ? std::string_view() : std::string_view(found->second);
}

const ProductSku* nearest_with(const std::vector<ProductSku>& skus, const ProductSku& chosen,
                               const std::string& name, std::string_view value) {
  const ProductSku* first = nullptr;
  for (const auto& sku : skus) {
    if (value_of(sku, name) != value) continue;
    auto wanted = chosen.options;
    wanted[name] = value;
    if (sku.options == wanted) return &sku;
    if (first == nullptr || (first->available <= 0 && sku.available > 0)) first = &sku;
  }
  return first;
}

}  // namespace

const ProductSku& chosen_sku(const std::vector<ProductSku>& skus, std::string_view asked) {
  auto found =
      std::find_if(skus.begin(), skus.end(), [&](const auto& sku) { return sku.sku_id.text() == asked; });
  if (found == skus.end())
    found = std::find_if(skus.begin(), skus.end(), [](const auto& sku) { return sku.available > 0; });
  return found == skus.end() ? skus.front() : *found;
}

void show_options(pages::View view, const ProductPage& product, const ProductSku& chosen) {
  for (const auto& [name, own] : chosen.options) {
    std::vector<std::string_view> values;
    for (const auto& sku : product.skus) {
      auto value = value_of(sku, name);
      if (!value.empty() && std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(value);
    }
    auto option = view.add("OPTION");
    option.set("OPTION_NAME", name);
    option.set("OPTION_CHOSEN", own);
    if (values.size() > most_values) values.resize(most_values);
    for (auto value : values) {
      const auto* sku = nearest_with(product.skus, chosen, name, value);
      auto row = option.add("OPTION_VALUE");
      row.set("VALUE", value);
      row.set(
          "VALUE_URL",
          pages::QueryText().add("sku", sku->sku_id.text()).after("/product/" + product.product_id.text()));
      row.show(value == own ? "CHOSEN" : sku->available > 0 ? "POSSIBLE" : "GONE");
    }
  }
}

}  // namespace bramble::storefront
