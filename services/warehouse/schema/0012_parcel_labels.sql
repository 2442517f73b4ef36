-- What the label of a packed parcel says, as ParcelNumber.label: empty if it has none, NULL if nobody knows.
ALTER TABLE pick_task ADD COLUMN label TEXT;
