/** What there is to say of kinds of files, and of one that was written. */
import type { ExportFormat } from '#contract'
import type { ExportEnd } from '../state/exporting.ts'
import { counted } from '../ui/bytes.ts'

export const FORMATS: readonly {
  readonly value: ExportFormat
  readonly label: string
  readonly description: string
  /** Where another is true with secrets. */
  readonly withSecrets?: string
}[] = [
  {
    value: 'har',
    label: 'HAR',
    description:
      'Requests and answers, for browsers’ developer tools and other programs. At most 10,000 of them, or 256 MB.',
  },
  {
    value: 'curl',
    label: 'cURL script',
    description: 'Sends the same requests again when it is run. Answers are not in it.',
  },
  {
    value: 'hookstage',
    label: 'Hookstage file',
    description: 'To import elsewhere: every byte as it was, but for secrets that are masked.',
    withSecrets: 'To import elsewhere: every byte as it was. At most 32 MB.',
  },
]

/** `12 requests were written to hookstage-2026-11-26-1104.har.` */
export function exportedInWords({ requests, webhooks, samples, fileName }: ExportEnd): string {
  const parts = [
    ...(requests > 0 ? [counted(requests, 'request', 'requests')] : []),
    ...(webhooks > 0 ? [counted(webhooks, 'webhook', 'webhooks')] : []),
    ...(samples > 0 ? [counted(samples, 'sample', 'samples')] : []),
  ]
  const isOne = requests + webhooks + samples === 1
  return `${parts.join(', ')} ${isOne ? 'was' : 'were'} written to ${fileName}.`
}
