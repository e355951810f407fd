/** Receivers of the user's own, what they recorded, and replays. */
import type { Migration } from './index.ts'

export const CAPTURES_AND_REPLAYS: Migration = {
  title: 'receivers, captures and replays',
  sql: `
-- So far a receiver was Echo, and its script all that was kept of it.
ALTER TABLE receivers RENAME TO scripts_of_receivers;
CREATE TABLE receivers (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  -- Of its own, besides the shared one.
  port INTEGER,
  is_started INTEGER NOT NULL,
  script TEXT NOT NULL,
  -- A URL, or the mask of one that is a secret; empty: nowhere.
  forward_to TEXT NOT NULL,
  forward_secret_id TEXT,
  created_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO receivers (id, name, path, port, is_started, script, forward_to, forward_secret_id, created_at_ms)
  SELECT id, 'Echo', '/in/echo', NULL, 1, script, '', NULL, 0 FROM scripts_of_receivers;
DROP TABLE scripts_of_receivers;

-- What receivers recorded: the request when it was in, the answer when it was out.
CREATE TABLE captures (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  receiver_id TEXT NOT NULL,
  received_at_ms INTEGER NOT NULL,
  body_bytes INTEGER NOT NULL,
  is_chunked INTEGER NOT NULL,
  -- Why it is no whole request.
  problem TEXT,
  is_kept INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  deleted_at_ms INTEGER
) STRICT;
CREATE INDEX captures_by_receiver ON captures (receiver_id, seq);
CREATE INDEX captures_by_time ON captures (received_at_ms);
CREATE INDEX captures_kept ON captures (is_kept, seq) WHERE is_kept = 1;
CREATE INDEX captures_deleted ON captures (deleted_at_ms) WHERE deleted_at_ms IS NOT NULL;
CREATE TABLE capture_requests (seq INTEGER PRIMARY KEY, head BLOB NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE capture_answers (
  seq INTEGER PRIMARY KEY,
  status INTEGER,
  head BLOB NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- What passing it on came to; the body that was sent is the request's.
CREATE TABLE capture_forwards (
  seq INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  secret_id TEXT,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  request_head BLOB NOT NULL,
  response_head BLOB NOT NULL,
  response_body BLOB NOT NULL
) STRICT;
CREATE INDEX capture_forwards_secrets ON capture_forwards (secret_id) WHERE secret_id IS NOT NULL;

-- Of a replay: how it was made from the delivery or capture that replay_of names.
ALTER TABLE deliveries ADD COLUMN replay_kind TEXT;
CREATE INDEX deliveries_replays ON deliveries (replay_of, seq) WHERE replay_of IS NOT NULL;

-- Requests of replays that no webhook renders. headers: [[name, value], …]; sign: where a new
-- signature goes, and the id that it is for.
CREATE TABLE fixed_requests (
  seq INTEGER PRIMARY KEY,
  method TEXT NOT NULL,
  headers TEXT NOT NULL,
  body BLOB NOT NULL,
  sign TEXT NOT NULL
) STRICT;
`,
}
