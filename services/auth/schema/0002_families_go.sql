-- A family goes with its last refresh token.
CREATE INDEX refresh_family ON refresh (family_id);
DELETE FROM family WHERE NOT EXISTS (SELECT 1 FROM refresh WHERE refresh.family_id = family.family_id);
