#include "services/catalog/card_store.h"

#include "base/error.h"
#include "base/goods_code.h"
#include "services/catalog/card_rules.h"
#include "services/catalog/packed_text.h"

namespace bramble::catalog {
namespace {

[[noreturn]] void taken(std::string field, std::string reason, std::string message) {
  throw Error(ErrorCode::conflict, reason, message, {{std::move(field), reason, message}});
}

Sku sku_of(const Row& row) {
  Sku sku;
  sku.sku_id = row.get<SkuId>(0);
  sku.options = unpack_options(row.get<std::string>(1));
  sku.barcode = row.get<std::string>(2);
  sku.weight_g = row.get<std::int64_t>(3);
  sku.price = {row.get<std::int64_t>(4), row.get<std::string>(6)};
  if (auto old_price = row.get<std::optional<std::int64_t>>(5))
    sku.old_price = Money{*old_price, sku.price.currency};
  sku.price_version = row.get<std::int64_t>(7);
  sku.image = row.get<std::string>(8);
  return sku;
}

std::optional<std::int64_t> minor(const std::optional<Money>& money) {
  if (!money) return std::nullopt;
  return money->amount_minor;
}

}  // namespace

std::optional<Card> CardStore::find(Tx& tx, const ProductId& product) const {
  auto rows = tx.query(
      "SELECT seller_id, vendor_code, category_id, title, brand, description, attributes, images,"
      " rating, rating_count, created_at, version, language, texts FROM product WHERE product_id = $1",
      product);
  if (rows.empty()) return std::nullopt;
  auto row = rows.front();
  Card card;
  card.product_id = product;
  card.seller_id = row.get<SellerId>(0);
  card.vendor_code = row.get<std::string>(1);
  card.category_id = row.get<CategoryId>(2);
  card.title = row.get<std::string>(3);
  card.brand = row.get<std::string>(4);
  card.description = row.get<std::string>(5);
  card.attributes = unpack_attributes(row.get<std::string>(6));
  card.images = unpack(row.get<std::string>(7));
  card.rating = row.get<double>(8);
  card.rating_count = row.get<std::int64_t>(9);
  card.created_at = row.get<Time>(10);
  card.version = row.get<std::int64_t>(11);
  card.language = row.get<std::string>(12);
  card.texts = unpack_texts(row.get<std::string>(13));
  auto skus = tx.query("SELECT sku_id, options, barcode, weight_g, price_minor, old_price_minor, currency,"
                       " price_version, image FROM sku WHERE product_id = $1 ORDER BY position",
                       product);
  card.skus.reserve(skus.size());
  for (auto sku : skus) card.skus.push_back(sku_of(sku));
  return card;
}

std::optional<ProductId> CardStore::product_of(Tx& tx, const SkuId& sku) const {
  auto rows = tx.query("SELECT product_id FROM sku WHERE sku_id = $1", sku);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<ProductId>(0);
}

// The condition on emptiness lets the database use its partial index.
std::optional<SkuId> CardStore::sku_with_barcode(Tx& tx, const std::string& barcode) const {
  auto rows = tx.query("SELECT sku_id FROM sku WHERE code = $1 AND code <> ''", read_goods_code(barcode).key);
  if (rows.empty()) return std::nullopt;
  return rows.front().get<SkuId>(0);
}

std::vector<SkuId> CardStore::skus_with_vendor_code(Tx& tx, const std::string& vendor_code,
                                                    std::int64_t limit) const {
  auto rows = tx.query("SELECT sku_id FROM product JOIN sku ON sku.product_id = product.product_id"
                       " WHERE lower(vendor_code) = lower($1) AND vendor_code <> ''"
                       " ORDER BY product.product_id, position LIMIT $2",
                       vendor_code, limit);
  std::vector<SkuId> skus;
  for (auto row : rows) skus.push_back(row.get<SkuId>(0));
  return skus;
}

CountReply CardStore::count(Tx& tx) const {
  auto row = tx.query("SELECT (SELECT COUNT(*) FROM product), (SELECT COUNT(*) FROM sku)");
  return {row.front().get<std::int64_t>(0), row.front().get<std::int64_t>(1), 0};
}

void CardStore::write(Tx& tx, const Card& card, const Card* earlier, const std::string& where) const {
  must_be_free(tx, card, earlier, where);
  tx.send("INSERT INTO product (product_id, seller_id, vendor_code, category_id, title, brand, description,"
          " attributes, images, rating, rating_count, created_at, version, language, texts)"
          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
          " ON CONFLICT (product_id) DO UPDATE SET seller_id = excluded.seller_id, vendor_code = "
          "excluded.vendor_code,"
          " category_id = excluded.category_id, title = excluded.title, brand = excluded.brand,"
          " description = excluded.description, attributes = excluded.attributes, images = excluded.images,"
          " rating = excluded.rating, rating_count = excluded.rating_count, created_at = excluded.created_at,"
          " version = excluded.version, language = excluded.language, texts = excluded.texts",
          card.product_id, card.seller_id, card.vendor_code, card.category_id, card.title, card.brand,
          card.description, pack(card.attributes), pack(card.images), card.rating, card.rating_count,
          card.created_at, card.version, card.language, pack(card.texts));
  for (std::size_t i = 0; i < card.skus.size(); ++i) write_sku(tx, card, i, earlier);
}

void CardStore::write_sku(Tx& tx, const Card& card, std::size_t position, const Card* earlier) const {
  const auto& sku = card.skus[position];
  tx.send("INSERT INTO sku (sku_id, product_id, position, options, barcode, weight_g, price_minor, "
          "old_price_minor,"
          " currency, price_version, image, code) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
          // What had another's code before codes were compared goes on without one.
          " CASE WHEN EXISTS (SELECT 1 FROM sku AS other WHERE other.code = $12 AND other.code <> ''"
          " AND other.sku_id <> $1) THEN '' ELSE $12 END)"
          " ON CONFLICT (sku_id) DO UPDATE SET position = excluded.position, options = excluded.options,"
          " barcode = excluded.barcode, weight_g = excluded.weight_g, price_minor = excluded.price_minor,"
          " old_price_minor = excluded.old_price_minor, currency = excluded.currency,"
          " price_version = excluded.price_version, image = excluded.image, code = excluded.code",
          sku.sku_id, card.product_id, position, pack(sku.options), sku.barcode, sku.weight_g,
          sku.price.amount_minor, minor(sku.old_price), sku.price.currency, sku.price_version, sku.image,
          read_goods_code(sku.barcode).key);
  const auto* before = earlier ? find_sku(*earlier, sku.sku_id) : nullptr;
  if (before && before->price_version == sku.price_version) return;
  tx.send("INSERT INTO price (sku_id, version, price_minor, old_price_minor, currency, since)"
          " VALUES ($1, $2, $3, $4, $5, $6)",
          sku.sku_id, sku.price_version, sku.price.amount_minor, minor(sku.old_price), sku.price.currency,
          tx.now());
}

// The tables' own constraints would refuse it as well, but could not say which field of the request it is.
// That a code is not empty is said again for the database's sake: only so does it know that the partial index
// will do.
void CardStore::must_be_free(Tx& tx, const Card& card, const Card* earlier, const std::string& where) const {
  bool same_code =
      earlier && earlier->seller_id == card.seller_id && earlier->vendor_code == card.vendor_code;
  if (!card.vendor_code.empty() && !same_code) {
    auto others =
        tx.query("SELECT 1 FROM product WHERE seller_id = $1 AND vendor_code = $2 AND vendor_code <> ''"
                 " AND product_id <> $3",
                 card.seller_id, card.vendor_code, card.product_id);
    if (!others.empty())
      taken(where + "vendor_code", "vendor_code_taken", "another card of the seller has it");
  }
  for (std::size_t i = 0; i < card.skus.size(); ++i) {
    const auto& sku = card.skus[i];
    auto at = where + "skus[" + std::to_string(i) + "].";
    const auto* before = earlier ? find_sku(*earlier, sku.sku_id) : nullptr;
    if (!before && product_of(tx, sku.sku_id)) taken(at + "sku_id", "sku_taken", "another card has this SKU");
    if (sku.barcode.empty() || (before && before->barcode == sku.barcode)) continue;
    auto others = tx.query("SELECT 1 FROM sku WHERE code = $1 AND code <> '' AND sku_id <> $2",
                           read_goods_code(sku.barcode).key, sku.sku_id);
    if (!others.empty()) taken(at + "barcode", "barcode_taken", "another SKU has this barcode");
  }
}

bool CardStore::turn(Tx& tx, const SkuId& sku, bool in_stock, std::int64_t version) const {
  return tx.exec(
             "INSERT INTO sku_stock (sku_id, in_stock, version) VALUES ($1, $2, $3)"
             " ON CONFLICT (sku_id) DO UPDATE SET in_stock = excluded.in_stock, version = excluded.version"
             " WHERE sku_stock.version < excluded.version",
             sku, in_stock, version) == 1;
}

std::set<SkuId> CardStore::in_stock(Tx& tx, const ProductId& product) const {
  std::set<SkuId> skus;
  for (auto row : tx.query("SELECT sku.sku_id FROM sku JOIN sku_stock ON sku_stock.sku_id = sku.sku_id"
                           " WHERE product_id = $1 AND in_stock > 0",
                           product)) {
    skus.insert(row.get<SkuId>(0));
  }
  return skus;
}

}  // namespace bramble::catalog
