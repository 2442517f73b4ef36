-- Whether a parcel's code stands on goods.
CREATE INDEX label_barcode ON label (barcode);
