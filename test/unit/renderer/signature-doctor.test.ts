/** The question that the doctor's fields make, and the secrets it offers. */
import { expect, test } from 'vitest'
import {
  type AttemptId,
  emptyDraft,
  emptySigning,
  type SecretId,
  type SecretText,
  type Signing,
  type Webhook,
  type WebhookId,
} from '#contract'
import {
  ANY_SECRET,
  type Consultation,
  knownSecrets,
  questionOf,
} from '../../../src-renderer/state/signature-doctor.ts'

const RECORDED = { attemptId: 'att_1' as AttemptId, name: 'attempt 1 to “Partner”' }
const consultation = (change: Partial<Consultation>): Consultation => ({
  recorded: null,
  text: 'a: b\n\n{}',
  scheme: 'github',
  own: null,
  secret: ANY_SECRET,
  mustHaveSecret: false,
  ...change,
})

test('nothing is asked before there is a request, and a secret where one is needed', () => {
  expect(questionOf(consultation({ text: ' \n' }))).toBeNull()
  expect(questionOf(consultation({ mustHaveSecret: true }))).toBeNull()
  const secret: SecretText = { kind: 'secret', text: 's3cret' }
  expect(questionOf(consultation({ mustHaveSecret: true, secret }))).toEqual({
    request: { kind: 'pasted', text: 'a: b\n\n{}' },
    scheme: 'github',
    secret,
  })
})

test('a recorded request goes by its id, with the parts that its own scheme had then', () => {
  const asked = questionOf(consultation({ recorded: RECORDED, text: '', scheme: 'own' }))
  expect(asked).toEqual({
    request: { kind: 'attempt', attemptId: 'att_1' },
    scheme: 'own',
    secret: ANY_SECRET,
  })
  const { own } = emptySigning()
  const changed = questionOf(consultation({ recorded: RECORDED, scheme: 'own', own }))
  expect(changed).toMatchObject({ own })
})

test('a pasted request of an own scheme always says its parts, others never', () => {
  const { own } = emptySigning()
  expect(questionOf(consultation({ scheme: 'own' }))).toMatchObject({ own })
  expect(questionOf(consultation({ own }))).not.toHaveProperty('own')
})

test('the secrets of webhooks that sign are offered, by name and mask', () => {
  const kept = (id: string): SecretText => ({
    kind: 'kept',
    secretId: id as SecretId,
    mask: `••••${id}`,
    readable: true,
  })
  const webhook = (name: string, signing: Partial<Signing>): Webhook => ({
    ...emptyDraft(),
    id: `wh_${name}` as WebhookId,
    name,
    signing: { ...emptySigning(), ...signing },
    destination: 'http',
    isSample: false,
    createdAtMs: 0,
    updatedAtMs: 0,
    last: null,
  })
  const offered = knownSecrets([
    webhook('A', { scheme: 'stripe', secret: kept('1'), secondSecret: kept('2') }),
    webhook('B', { scheme: 'none', secret: kept('3') }),
    webhook('C', { scheme: 'github' }),
  ])
  expect(offered.map(({ key, label }) => [key, label])).toEqual([
    ['1', 'A: ••••1'],
    ['2', 'A: ••••2'],
  ])
})
