-- A receipt's undo may be wished several times (`round`): which of the wishes took the rights, and up to which they were
-- given back. What comes late of such a wish takes nothing any more.
ALTER TABLE withdrawal ADD COLUMN round BIGINT NOT NULL DEFAULT 0;
CREATE TABLE withdrawal_end (
  site_id TEXT NOT NULL,
  document TEXT NOT NULL,
  round BIGINT NOT NULL,
  PRIMARY KEY (site_id, document)
);
