// The options of a product (colour, size) that a reader has chosen, and links to the other choices. Where
// variants differ, nothing is preselected: a size that nobody chose would be sent back.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateways/pages/form.h"
#include "gateways/pages/locale.h"
#include "gateways/pages/view.h"
#include "gateways/storefront/storefront.api.h"

namespace bramble::storefront {

class SkuChoice {
 public:
  // From an address: "sku=…" names a variant, "o=size=42" (repeated) an option. Options that the product does
  // not have are ignored. `product` must outlive this object and must have at least one SKU.
  SkuChoice(const ProductPage& product, const pages::Form& query);

  // The chosen variant; null while several are possible.
  const ProductSku* sku() const { return possible_.size() == 1 ? possible_.front() : nullptr; }
  // The variants with all chosen options; never empty.
  const std::vector<const ProductSku*>& possible() const { return possible_; }
  // The variant whose price and pictures are shown: the chosen one, or the cheapest in stock.
  const ProductSku& shown() const;

  // OPTION with its values. Each is a link that chooses it and keeps the other choices that go with it.
  void show_options(pages::View view) const;
  // VARIANT for each possible one: its SKU, TITLE and PRICE, and VARIANT_ON_SALE or VARIANT_GONE.
  void show_variants(pages::View view, const pages::Locale& locale) const;

 private:
  using Options = std::map<std::string, std::string>;

  std::vector<const ProductSku*> with(const Options& options) const;
  std::string address_of(const Options& options) const;
  std::string title_of(const ProductSku& sku) const;

  const ProductPage& product_;
  Options chosen_;
  std::vector<const ProductSku*> possible_;
};

}  // namespace bramble::storefront
