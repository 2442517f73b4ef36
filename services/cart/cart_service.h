// Carts: a hash of SKU → quantity per owner in the cache, shown with current prices and availability.
#pragma once

#include "ports/cache.h"
#include "ports/clock.h"
#include "services/cart/cart.api.h"
#include "services/cart/new_carts.h"
#include "services/catalog/catalog.api.h"
#include "services/inventory/inventory.api.h"

namespace bramble::cart {

struct CartSettings {
  Duration life = days(7);
  // A guest's cart lives this long until its guest comes back, `return_after` or later after its creation.
  Duration new_life = hours(3);
  Duration return_after = minutes(1);
  NewCartPace pace;
};

class CartService : public CartApi {
 public:
  CartService(Cache& cache, catalog::CatalogApi& catalog, inventory::InventoryApi& inventory,
              const Clock& clock, CartSettings settings)
      : cache_(cache),
        catalog_(catalog),
        inventory_(inventory),
        clock_(clock),
        settings_(settings),
        life_(settings.life),
        new_carts_(clock, settings.pace) {}

  Task<CartView> get(Call call, CartRequest request) override;
  Task<CountReply> count(Call call, CartRequest request) override;
  Task<CartView> put_item(Call call, PutItemRequest request) override;
  Task<Empty> clear(Call call, CartRequest request) override;
  Task<CartView> merge(Call call, MergeRequest request) override;
  Task<Empty> remove_ordered(Call call, RemoveOrderedRequest request) override;

 private:
  Task<CartView> view(Call call, CacheHash hash);
  // Reads a cart. A new one whose guest has come back gets the full life.
  Task<CacheHash> visited(Call call, std::string owner);
  Task<CartView> remove_item(Call call, PutItemRequest request);
  bool is_return(const CacheHash& hash) const;
  // Changes a cart by compare and set. `decide` runs again if the cart has changed meanwhile; it returns
  // nothing if nothing is to be done. Returns the cart after the change.
  struct Change {
    CacheHash set;
    std::vector<std::string> remove;
    Duration life;
  };
  Task<CacheHash> change(Call call, std::string owner,
                         std::function<std::optional<Change>(CacheHash)> decide);

  Cache& cache_;
  catalog::CatalogApi& catalog_;
  inventory::InventoryApi& inventory_;
  const Clock& clock_;
  CartSettings settings_;
  Duration life_;
  NewCarts new_carts_;
};

}  // namespace bramble::cart
