-- What the buyer is shown of an order, and in which language the buyer is told about it ('': not known).
ALTER TABLE purchase ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN image TEXT NOT NULL DEFAULT '';
