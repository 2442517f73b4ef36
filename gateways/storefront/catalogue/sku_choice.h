// What a reader has chosen of a product's options (colour, size), and the ways from there to the rest.
// Nothing is chosen for the reader where variants differ: a size that nobody chose would be sent back.
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
  // Of an address: "sku=…" names a variant, "o=size=42" (repeated) options of one. What the product does not
  // have is left out. `product` must outlive it, and has at least one SKU.
  SkuChoice(const ProductPage& product, const pages::Form& query);

  // The one that is left; null while there are several.
  const ProductSku* sku() const { return possible_.size() == 1 ? possible_.front() : nullptr; }
  // Those that have what was chosen; never none.
  const std::vector<const ProductSku*>& possible() const { return possible_; }
  // The one to take the price and the pictures from: the one chosen, or the cheapest that can be bought.
  const ProductSku& shown() const;

  // OPTION with its values, each a link that chooses it and keeps of the rest what goes with it.
  void show_options(pages::View view) const;
  // VARIANT for each that is left: its SKU, TITLE and PRICE, and VARIANT_ON_SALE or VARIANT_GONE.
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
