/** Receivers that rehearse Slack, Teams and Webex, and what they made of each request. */
import type { Migration } from './index.ts'

export const REHEARSALS: Migration = {
  title: 'rehearsals of Slack, Teams and Webex',
  sql: `
ALTER TABLE receivers ADD COLUMN kind TEXT NOT NULL DEFAULT 'plain';
-- What it is told, as JSON.
ALTER TABLE receivers ADD COLUMN rehearsal TEXT NOT NULL DEFAULT '{}';
-- The whole URL of a rehearsal, as others see it.
ALTER TABLE receivers ADD COLUMN url_secret_id TEXT;

-- Of requests at rehearsals. By the request alone it could not be told again: rates and told failures
-- are of their time.
CREATE TABLE capture_verdicts (
  seq INTEGER PRIMARY KEY,
  result TEXT NOT NULL CHECK (result IN ('posted', 'refused', 'lost')),
  code TEXT NOT NULL,
  words TEXT NOT NULL,
  is_told INTEGER NOT NULL
) STRICT;
`,
}
