/** A proxy and authorities of a webhook's own. */
import type { Migration } from './index.ts'

export const WEBHOOK_NETWORK: Migration = {
  title: 'the network of a webhook',
  sql: `ALTER TABLE webhook_versions ADD COLUMN network TEXT NOT NULL DEFAULT
    '{"proxy":"workspace","proxyUrl":"","proxyCredentials":{"kind":"secret","text":""},"extraCa":""}';`,
}
