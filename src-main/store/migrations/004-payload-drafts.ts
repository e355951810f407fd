/** Payloads as the user left them in the simulator. */
import type { Migration } from './index.ts'

export const PAYLOAD_DRAFTS: Migration = {
  title: 'payloads that are being edited',
  sql: `
CREATE TABLE payload_drafts (
  event TEXT PRIMARY KEY,
  seed INTEGER NOT NULL,
  sample_id TEXT,
  original TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
}
