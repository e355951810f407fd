/** Edits of a webhook's signing: another scheme, a new secret, and the way back. */
import { expect, test } from 'vitest'
import { emptySigning, type SecretId, type SecretText, type Signing } from '#contract'
import { canRotate, rotated, withoutFresh } from '../../../src-renderer/webhooks/signing-edit.ts'

const KEPT: SecretText = {
  kind: 'kept',
  secretId: 's1' as SecretId,
  mask: '••••1234',
  readable: true,
}
const FRESH: SecretText = { kind: 'secret', text: 'whsec_new' }
const signing = (change: Partial<Signing>): Signing => ({ ...emptySigning(), ...change })

test('only a scheme with room for two signatures rotates, and only when it has one secret', () => {
  expect(canRotate(signing({ scheme: 'stripe', secret: KEPT }))).toBe(true)
  expect(canRotate(signing({ scheme: 'github', secret: KEPT }))).toBe(false)
  expect(canRotate(signing({ scheme: 'none', secret: KEPT }))).toBe(false)
  expect(canRotate(signing({ scheme: 'stripe' }))).toBe(false)
  expect(canRotate(signing({ scheme: 'stripe', secret: KEPT, secondSecret: FRESH }))).toBe(false)
})

test('rotating puts the new secret first and keeps the present one as the second', () => {
  const now = rotated(signing({ scheme: 'standard', secret: KEPT }), FRESH)
  expect([now.secret, now.secondSecret]).toEqual([FRESH, KEPT])
})

test('a generated secret can be taken back, with what it pushed aside', () => {
  const before = signing({ scheme: 'standard', secret: KEPT })
  expect(withoutFresh(rotated(before, FRESH), before, FRESH)).toEqual(before)
})

test('taking it back leaves another scheme and what was typed since alone', () => {
  const before = signing({ scheme: 'standard', secret: KEPT })
  const elsewhere = signing({ scheme: 'github', secret: FRESH })
  expect(withoutFresh(elsewhere, before, FRESH)).toMatchObject({ scheme: 'github', secret: KEPT })
  const typed = signing({ scheme: 'standard', secret: { kind: 'secret', text: 'mine' } })
  expect(withoutFresh(typed, before, FRESH)).toBe(typed)
})
