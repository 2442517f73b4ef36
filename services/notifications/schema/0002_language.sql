-- The language to tell it in: of the buyer when the order was made; '' if that is not known.
ALTER TABLE notice ADD COLUMN language TEXT NOT NULL DEFAULT '';
