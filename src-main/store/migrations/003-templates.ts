/** Templates of the user's own for the body. */
import type { Migration } from './index.ts'

export const TEMPLATES: Migration = {
  title: 'templates for the body',
  sql: "ALTER TABLE webhook_versions ADD COLUMN template TEXT NOT NULL DEFAULT '';",
}
