// What a code in the hand stands for, asked of the catalogue.
import type * as ops from "../made/api/ops";
import { call, withQuery } from "../staff/api";

export type Goods = Pick<ops.CatalogSkuInfo, "sku_id" | "title" | "options" | "barcode" | "image">;

// Nothing for a code that no goods have.
export async function findGoods(code: string): Promise<Goods | undefined> {
  const path = withQuery("/api/v1/warehouse/goods", { barcode: code });
  return (await call<{ items: Goods[] }>("GET", path)).items[0];
}

// The same goods as they are called now: the reader's language may have changed. Without an answer, as they were.
export async function refreshed(goods: Goods): Promise<Goods> {
  return (await findGoods(goods.sku_id).catch(() => undefined)) ?? goods;
}

export type StockRow = ops.WarehouseStockRow;

export type StockPage = ops.StockPage;

export function readStock(sku: string): Promise<StockPage> {
  return call<StockPage>("GET", withQuery("/api/v1/warehouse/stock", { sku_id: sku, limit: 100 }));
}

export function freeOf(row: StockRow): number {
  return Math.max(0, row.on_hand - row.reserved - (row.quarantined ?? 0));
}
