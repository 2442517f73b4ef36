-- What barcodes are compared by (base/goods_code.h): GTINs as fourteen digits, other codes as they are.
ALTER TABLE sku ADD COLUMN code TEXT NOT NULL DEFAULT '';
UPDATE sku SET code = substr('00000000000000', 1, 14 - length(barcode)) || barcode
 WHERE length(barcode) IN (8, 12, 13, 14) AND trim(barcode, '0123456789') = '';
UPDATE sku SET code = '' WHERE code <> '' AND (code = '00000000000000' OR (
   3 * (CAST(substr(code, 1, 1) AS BIGINT) + CAST(substr(code, 3, 1) AS BIGINT) +
        CAST(substr(code, 5, 1) AS BIGINT) + CAST(substr(code, 7, 1) AS BIGINT) +
        CAST(substr(code, 9, 1) AS BIGINT) + CAST(substr(code, 11, 1) AS BIGINT) +
        CAST(substr(code, 13, 1) AS BIGINT)) +
       (CAST(substr(code, 2, 1) AS BIGINT) + CAST(substr(code, 4, 1) AS BIGINT) +
        CAST(substr(code, 6, 1) AS BIGINT) + CAST(substr(code, 8, 1) AS BIGINT) +
        CAST(substr(code, 10, 1) AS BIGINT) + CAST(substr(code, 12, 1) AS BIGINT) +
        CAST(substr(code, 14, 1) AS BIGINT))) % 10 <> 0);
UPDATE sku SET code = barcode WHERE code = '';
-- Two SKUs may have had one article in two spellings. The first keeps it; `bramble check` names the others.
CREATE INDEX sku_code ON sku (code) WHERE code <> '';
UPDATE sku SET code = '' WHERE code <> '' AND EXISTS
  (SELECT 1 FROM sku AS earlier WHERE earlier.code = sku.code AND earlier.code <> '' AND earlier.sku_id < sku.sku_id);
DROP INDEX sku_code;
DROP INDEX sku_barcode;
CREATE UNIQUE INDEX sku_code ON sku (code) WHERE code <> '';
-- Goods are found by their barcodes, too.
UPDATE indexing SET version = version + 1;
