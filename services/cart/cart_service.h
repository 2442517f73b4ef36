// Carts: a hash of SKU → quantity per owner in the hot cache, shown with the prices and the availability of
// the moment.
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
  // Of a cart without an owner until somebody comes back to it, so long after it was begun.
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
  // The cart as it is; one that somebody has come back to stays from now on.
  Task<CacheHash> visited(Call call, std::string owner);
  Task<CartView> remove_item(Call call, PutItemRequest request);
  bool is_return(const CacheHash& hash) const;
  // Changes a cart on what is in it; `decide` is asked again if it changed meanwhile, and says nothing if
  // there is nothing to do. Returns the cart as it is then.
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
