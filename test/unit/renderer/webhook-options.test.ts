/** Which webhooks a select offers, above all the one that is chosen. */
import { expect, it } from 'vitest'
import { emptyDraft, emptySigning, type Webhook, type WebhookId } from '#contract'
import { signingOptions, webhookOptions } from '../../../src-renderer/ui/webhook-options.ts'

const webhook = (id: string, scheme: Webhook['signing']['scheme']): Webhook => ({
  ...emptyDraft(),
  id: id as WebhookId,
  name: id,
  signing: { ...emptySigning(), scheme },
  createdAtMs: 0,
  updatedAtMs: 0,
  last: null,
  isSample: false,
  destination: 'http',
})
const plain = webhook('plain', 'none')
const signed = webhook('signed', 'github')
const GONE = 'gone' as WebhookId

it('offers the webhooks, and no other as long as one of them is chosen', () => {
  expect(webhookOptions([plain, signed], signed.id).map(({ value }) => value)).toEqual([
    'plain',
    'signed',
  ])
  expect(webhookOptions([plain], null)).toEqual([{ value: 'plain', label: 'plain' }])
})

it('names a chosen one that was deleted', () => {
  const deleted = { value: GONE, label: 'A webhook that was deleted' }
  expect(webhookOptions([plain], GONE)).toContainEqual(deleted)
  expect(signingOptions([signed], GONE, ({ name }) => name)).toContainEqual(deleted)
})

it('offers those that sign, and says of a chosen one that it does so no longer', () => {
  const labelOf = ({ name }: Webhook) => `As ${name}`
  expect(signingOptions([plain, signed], null, labelOf)).toEqual([
    { value: 'signed', label: 'As signed' },
  ])
  expect(signingOptions([plain, signed], plain.id, labelOf)).toContainEqual({
    value: 'plain',
    label: 'plain, which signs nothing',
  })
})
