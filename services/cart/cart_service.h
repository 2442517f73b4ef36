// Carts: a hash of SKU → quantity per owner in the hot cache, shown with the prices and the availability of
// the moment.
#pragma once

#include "ports/cache.h"
#include "ports/clock.h"
#include "services/cart/cart.api.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"

namespace bramble::cart {

class CartService : public CartApi {
 public:
  CartService(Cache& cache, catalog::CatalogApi& catalog, inventory::InventoryApi& inventory,
              const Clock& clock, Duration life)
      : cache_(cache), catalog_(catalog), inventory_(inventory), clock_(clock), life_(life) {}

  Task<CartView> get(Call call, CartRequest request) override;
  Task<CountReply> count(Call call, CartRequest request) override;
  Task<CartView> put_item(Call call, PutItemRequest request) override;
  Task<Empty> clear(Call call, CartRequest request) override;
  Task<CartView> merge(Call call, MergeRequest request) override;
  Task<Empty> take_out(Call call, TakeOutRequest request) override;

 private:
  Task<CartView> view(Call call, CacheHash hash);

  Cache& cache_;
  catalog::CatalogApi& catalog_;
  inventory::InventoryApi& inventory_;
  const Clock& clock_;
  Duration life_;
};

}  // namespace bramble::cart
