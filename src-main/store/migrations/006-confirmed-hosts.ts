/** Hosts that the user allowed requests to; those that were sent to before count as allowed. */
import type { Migration } from './index.ts'

export const CONFIRMED_HOSTS: Migration = {
  title: 'hosts that may be sent to',
  sql: `
-- confirmed_at_ms: null of those that were sent to before there was a question.
CREATE TABLE confirmed_hosts (host TEXT PRIMARY KEY, confirmed_at_ms INTEGER) STRICT, WITHOUT ROWID;

-- An origin is https://host, https://host:8443 or http://[::1]:8080.
INSERT OR IGNORE INTO confirmed_hosts (host)
  SELECT CASE
      WHEN rest GLOB '[[]*' THEN substr(rest, 1, instr(rest, ']'))
      WHEN instr(rest, ':') > 0 THEN substr(rest, 1, instr(rest, ':') - 1)
      ELSE rest
    END AS host
  FROM (
    SELECT substr(origin, instr(origin, '://') + 3) AS rest FROM webhook_versions
      WHERE version IN (SELECT webhook_version FROM deliveries WHERE attempts > 0)
    UNION SELECT substr(origin, instr(origin, '://') + 3) FROM capture_forwards
  )
  WHERE host <> '' AND host NOT IN ('localhost', '[::1]') AND host NOT GLOB '127.*';
`,
}
