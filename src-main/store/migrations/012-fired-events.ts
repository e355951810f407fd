/** Which events were fired: replays are not looked for among them, and need not keep the index. */
import type { Migration } from './index.ts'

export const FIRED_EVENTS: Migration = {
  title: 'an index of fired events alone',
  sql: `
DROP INDEX events_by_name;
CREATE INDEX events_fired ON events (event, seq) WHERE source = 'simulator';
`,
}
