-- `language` is that of the card's own words; `texts` has them in others: fields divided by the control character
-- 31, languages by 30.
ALTER TABLE product ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN texts TEXT NOT NULL DEFAULT '';
-- Language and title by turns, divided by 31.
ALTER TABLE category ADD COLUMN titles TEXT NOT NULL DEFAULT '';
-- The index tells words of different languages apart from now on.
UPDATE indexing SET version = version + 1;
