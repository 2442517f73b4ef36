#include "services/catalog/catalog_module.h"

#include "catalog_schema.h"
#include "services/catalog/catalog_service.h"
#include "services/catalog/index_rebuild.h"
#include "services/catalog/indexer.h"

namespace bramble {
namespace {

struct Catalog {
  std::shared_ptr<catalog::CatalogService> service;
  catalog::Indexer indexer;
  catalog::IndexRebuild rebuild;
};

}  // namespace

Module catalog_module() {
  Module module{.name = "catalog", .calls = {}, .migrations = catalog_migrations(), .start = {}};
  module.start = [](ModuleHost& host) -> std::shared_ptr<void> {
    auto cached_cards = host.setting("cached_cards", std::int64_t{200'000}, 100, 10'000'000);
    auto service = std::make_shared<catalog::CatalogService>(host.database(), host.search(), host.clock(),
                                                             static_cast<std::size_t>(cached_cards));
    auto parts = std::make_shared<Catalog>(
        Catalog{service, catalog::Indexer(host.database(), host.search(), host.log()),
                catalog::IndexRebuild(host.database(), host.search(), host.clock(), host.log())});
    auto* cards = service.get();
    auto* indexer = &parts->indexer;
    auto* rebuild = &parts->rebuild;
    host.serve<catalog::CatalogApi>(service);
    host.consume<inventory::StockTurned>(
        [=](Tx& tx, const auto& event) { cards->on_stock_turned(tx, event); });
    host.repeat("index-cards", milliseconds(500), [=](Call call) { return indexer->run(std::move(call)); });
    host.repeat("rebuild-index", seconds(5), [=](Call call) { return rebuild->run(std::move(call)); });
    host.metrics().gauge("bramble_catalog_cached_cards", "Cards held in memory.",
                         [=] { return static_cast<double>(cards->cached_cards()); });
    return parts;
  };
  return module;
}

}  // namespace bramble
