/** Bulk replays: what becomes of an item is a row of its own, and a delivery knows its item. */
import type { Migration } from './index.ts'

export const BULK_ENDS: Migration = {
  title: 'ends of bulk replays',
  sql: `
-- Of a delivery that was made of an item of a bulk replay.
ALTER TABLE deliveries ADD COLUMN run_seq INTEGER;
ALTER TABLE deliveries ADD COLUMN run_position INTEGER;
-- One for each item: an item that is renewed lets go of its old one.
CREATE UNIQUE INDEX deliveries_of_runs ON deliveries (run_seq, run_position) WHERE run_seq IS NOT NULL;
UPDATE deliveries SET run_seq = i.run_seq, run_position = i.position
  FROM bulk_items AS i WHERE i.state = 'made' AND i.delivery_seq = deliveries.seq;

-- How items ended, also those that nothing is sent of. One that has neither an end nor a delivery is
-- pending.
CREATE TABLE bulk_ends (
  run_seq INTEGER NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  code TEXT,
  http_status INTEGER,
  delivery_id TEXT,
  PRIMARY KEY (run_seq, position)
) STRICT, WITHOUT ROWID;
INSERT INTO bulk_ends SELECT run_seq, position, state, reason, code, http_status, delivery_id
  FROM bulk_items WHERE state <> 'pending' AND state <> 'made';
-- Nothing is known of those whose delivery the history had let go of before.
INSERT INTO bulk_ends SELECT run_seq, position, 'interrupted',
    'Its delivery is no longer in the history.', 'interrupted', NULL, delivery_id
  FROM bulk_items AS i WHERE state = 'made' AND NOT EXISTS (SELECT 1
    FROM deliveries AS d WHERE d.run_seq = i.run_seq AND d.run_position = i.position);

DROP INDEX bulk_items_over;
ALTER TABLE bulk_items DROP COLUMN state;
ALTER TABLE bulk_items DROP COLUMN reason;
ALTER TABLE bulk_items DROP COLUMN delivery_seq;
ALTER TABLE bulk_items DROP COLUMN delivery_id;
ALTER TABLE bulk_items DROP COLUMN code;
ALTER TABLE bulk_items DROP COLUMN http_status;
`,
}
