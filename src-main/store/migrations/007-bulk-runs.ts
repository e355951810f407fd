/** Bulk replays and their items. */
import type { Migration } from './index.ts'

export const BULK_RUNS: Migration = {
  title: 'bulk replays',
  sql: `
CREATE TABLE bulk_runs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  -- What it replays: deliveries or captures.
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  -- JSON; what is secret stands in the template.
  manner TEXT NOT NULL,
  pace TEXT NOT NULL,
  target TEXT NOT NULL DEFAULT '',
  -- Holds the URL and the signature that were typed.
  template INTEGER REFERENCES webhook_versions (version),
  counts TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  started_at_ms INTEGER,
  finished_at_ms INTEGER
) STRICT;

-- position is the order of recording. state says how it stands or ended; the delivery that was made
-- of it says the same while it is there.
CREATE TABLE bulk_items (
  run_seq INTEGER NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  source_id TEXT NOT NULL,
  source_seq INTEGER NOT NULL,
  recorded_at_ms INTEGER NOT NULL,
  -- The webhook or receiver that it belongs to, where it went, and what tells it apart there.
  owner_id TEXT NOT NULL,
  origin TEXT NOT NULL,
  place TEXT NOT NULL,
  same_as TEXT NOT NULL,
  event TEXT NOT NULL,
  body_bytes INTEGER NOT NULL,
  -- 1: the event's payload is the body as it stands.
  is_payload INTEGER NOT NULL,
  -- Why it cannot be sent again at all, or not with its bytes.
  fault TEXT,
  bytes_fault TEXT,
  original_code TEXT,
  original_status INTEGER,
  delivery_seq INTEGER,
  delivery_id TEXT,
  code TEXT,
  http_status INTEGER,
  PRIMARY KEY (run_seq, position)
) STRICT, WITHOUT ROWID;
-- Of those that are over, so that sending does not pay for each step on the way.
CREATE INDEX bulk_items_over ON bulk_items (run_seq, state, position)
  WHERE state <> 'pending' AND state <> 'made';
`,
}
