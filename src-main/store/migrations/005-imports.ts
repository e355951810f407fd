/** Requests that were imported stand among the captures. */
import type { Migration } from './index.ts'

export const IMPORTS: Migration = {
  title: 'imported requests',
  sql: `
-- Of an imported request: what it was read from, where it was for (https://example.com:8443; empty
-- where nothing said so), and when it was sent, where that was known. Null of one that was received.
ALTER TABLE captures ADD COLUMN imported_from TEXT;
ALTER TABLE captures ADD COLUMN origin TEXT;
ALTER TABLE captures ADD COLUMN sent_at_ms INTEGER;
`,
}
