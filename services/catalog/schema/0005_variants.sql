-- The index knows each SKU's price and whether it can be bought from now on.
UPDATE indexing SET version = version + 1;
