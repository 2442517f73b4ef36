#include "gateways/storefront/catalogue/goods_view.h"

#include "gateways/media/placeholder.h"

namespace bramble::storefront {

std::string options_text(const std::map<std::string, std::string>& options) {
  std::string text;
  for (const auto& [name, value] : options) {
    text.append(text.empty() ? "" : ", ").append(name).append(": ").append(value);
  }
  return text;
}

std::string product_path(const ProductId& product) { return "/product/" + product.text(); }
std::string order_path(const OrderId& order) { return "/orders/" + order.text(); }

void set_goods(pages::View& view, const ProductId& product, const SkuId& sku, std::string_view title,
               std::string_view image, const std::map<std::string, std::string>& options) {
  view.set("GOODS_TITLE", title);
  view.set("GOODS_URL", product_path(product) + "?sku=" + sku.text());
  view.set_and_show("GOODS_OPTIONS", options_text(options), "HAS_OPTIONS");
  set_picture(view, title, image);
}

void set_picture(pages::View& view, std::string_view title, std::string_view image) {
  view.set("GOODS_IMAGE", image.empty() ? media::placeholder_address(title) : std::string(image));
}

}  // namespace bramble::storefront
