-- I5 catalog.sku
-- A barcode belongs to one SKU, however it is written.
SELECT sku_id, 'a barcode of its own', barcode || ', which another SKU has in another spelling'
  FROM catalog.sku
 WHERE barcode <> '' AND code = '';
