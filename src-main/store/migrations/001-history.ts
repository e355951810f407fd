/** Webhooks, samples, settings and the delivery history. */
import type { Migration } from './index.ts'

export const HISTORY: Migration = {
  title: 'webhooks, samples and the delivery history',
  sql: `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Sealed texts; kind says what the text is: a header's value, a whole endpoint URL, or what signs.
CREATE TABLE secrets (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('header', 'endpoint', 'signing', 'proxy')),
  scheme TEXT NOT NULL,
  blob BLOB NOT NULL,
  mask TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Immutable revisions: a delivery keeps the one that it was decided with.
CREATE TABLE webhook_versions (
  version INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id TEXT NOT NULL,
  name TEXT NOT NULL,
  event TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  endpoint_secret_id TEXT,
  origin TEXT NOT NULL,
  destination TEXT NOT NULL,
  content_type TEXT NOT NULL,
  form_encoding TEXT NOT NULL,
  form_field TEXT NOT NULL,
  json_style TEXT NOT NULL,
  headers TEXT NOT NULL,
  target TEXT NOT NULL,
  format TEXT NOT NULL,
  timeout_ms INTEGER NOT NULL,
  certificates TEXT NOT NULL,
  signing TEXT NOT NULL,
  retry TEXT NOT NULL,
  -- 1 once a delivery was decided with it: then its secrets stay, so that its bytes can be masked.
  used INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX webhook_versions_by_webhook ON webhook_versions (webhook_id);

CREATE TABLE webhooks (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES webhook_versions (version),
  status TEXT NOT NULL CHECK (status IN ('active', 'inactive')),
  is_sample INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER
) STRICT, WITHOUT ROWID;

-- Unsaved forms; key is the webhook's id, or 'new'.
CREATE TABLE drafts (key TEXT PRIMARY KEY, draft TEXT NOT NULL, updated_at_ms INTEGER NOT NULL)
STRICT, WITHOUT ROWID;

-- What the user chose that a receiver answers.
CREATE TABLE receivers (id TEXT PRIMARY KEY, script TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE samples (
  id TEXT PRIMARY KEY,
  event TEXT NOT NULL,
  name TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  event TEXT NOT NULL,
  source TEXT NOT NULL,
  payload TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_name ON events (event, seq);

-- Finished means finished_at_ms is set; then code says how it ended.
CREATE TABLE deliveries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  event_seq INTEGER NOT NULL REFERENCES events (seq),
  event TEXT NOT NULL,
  webhook_id TEXT NOT NULL,
  webhook_version INTEGER NOT NULL REFERENCES webhook_versions (version),
  state TEXT NOT NULL,
  code TEXT,
  reason TEXT NOT NULL DEFAULT '',
  http_status INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  attempt_started_at_ms INTEGER,
  attempt_stage_at_ms INTEGER,
  duration_ms REAL,
  created_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER,
  -- By the stage clock: when the attempt that it waits for, or that came after a wait, was due.
  due_at_ms INTEGER,
  -- What the next attempt, or the one under way, waited for.
  wait_ms INTEGER,
  wait_why TEXT,
  replay_of TEXT
) STRICT;
CREATE INDEX deliveries_due ON deliveries (due_at_ms, seq) WHERE state = 'waiting';
CREATE INDEX deliveries_unfinished ON deliveries (seq) WHERE finished_at_ms IS NULL;
CREATE INDEX deliveries_by_code ON deliveries (code, seq) WHERE finished_at_ms IS NOT NULL;
CREATE INDEX deliveries_by_event ON deliveries (event, seq);
CREATE INDEX deliveries_by_webhook ON deliveries (webhook_id, seq);
CREATE INDEX deliveries_by_event_seq ON deliveries (event_seq);
CREATE INDEX deliveries_by_time ON deliveries (created_at_ms);

-- key is delivery seq * 1024 + attempt number, here and in bodies.
CREATE TABLE attempts (
  key INTEGER PRIMARY KEY,
  started_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER,
  stage_at_ms INTEGER NOT NULL,
  wait_ms INTEGER,
  wait_why TEXT,
  marks TEXT NOT NULL,
  reused_connection INTEGER NOT NULL,
  remote_address TEXT,
  proxy TEXT,
  tls TEXT,
  http_version TEXT,
  http_status INTEGER,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  response_body_bytes INTEGER NOT NULL
) STRICT;

-- Exactly what went over the wire.
CREATE TABLE bodies (
  key INTEGER PRIMARY KEY,
  request_head BLOB NOT NULL,
  request_body BLOB NOT NULL,
  response_head BLOB NOT NULL,
  response_body BLOB NOT NULL
) STRICT;
`,
}
