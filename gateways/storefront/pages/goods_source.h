// Where the catalogue's pages get what they show: the gateway's own routes, asked in the reader's name.
#pragma once

#include <functional>
#include <memory>

#include "gateways/storefront/storefront_gateway.h"

namespace bramble::storefront {

struct GoodsSource {
  std::function<Task<SearchPage>(edge::HttpCall&, SearchQuery)> search;
  std::function<Task<ProductPage>(edge::HttpCall&, ProductQuery)> product;
  std::function<Task<catalog::CategoriesReply>(edge::HttpCall&)> categories;
};

inline GoodsSource goods_of(std::shared_ptr<StorefrontGateway> gateway) {
  return {[gateway](edge::HttpCall& http, SearchQuery query) {
            return gateway->search(http, std::move(query));
          },
          [gateway](edge::HttpCall& http, ProductQuery query) {
            return gateway->product(http, std::move(query));
          },
          [gateway](edge::HttpCall& http) { return gateway->categories(http, {}); }};
}

}  // namespace bramble::storefront
