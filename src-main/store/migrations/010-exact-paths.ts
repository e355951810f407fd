/** Replays whose path goes out byte for byte: one that was edited, or that of a recorded request. */
import type { Migration } from './index.ts'

export const EXACT_PATHS: Migration = {
  title: 'exact paths of replays',
  sql: `
-- 1: the endpoint's path goes out as it stands there; 0: as that of a typed URL.
ALTER TABLE fixed_requests ADD COLUMN is_path_exact INTEGER NOT NULL DEFAULT 0;
`,
}
