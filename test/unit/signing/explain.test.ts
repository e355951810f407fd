import { describe, expect, it } from 'vitest'
import { emptySigning, type SignatureView, type SigningScheme } from '#contract'
import { explain, generateSecret, sign } from '../../../src-main/signing/index.ts'

const { own } = emptySigning()
const BODY = Buffer.from('{"hello":"world"}')

/** The view of a body that was signed as BODY, by the pair's secret, and recorded as `recorded`. */
function viewOf(
  scheme: SigningScheme,
  change: { recorded?: Buffer; opened?: string | null } = {},
): SignatureView | null {
  const { recorded = BODY } = change
  const { secret } = generateSecret(scheme)
  const headers = sign({ scheme, own, secrets: [secret] }, { id: 'd', timestampS: 9, body: BODY })
  const text = change.opened === undefined ? secret : change.opened
  return explain({
    scheme,
    own,
    secrets: [{ text, mask: '••••' }],
    headers: [['content-length', String(BODY.length)], ...headers],
    body: recorded,
    shownBody: { text: recorded.toString(), cut: false },
  })
}

describe('the view of a signature', () => {
  it.each(['standard', 'standard_ed25519', 'github', 'teams'] as const)(
    'says whether the recorded bytes give it: %s',
    (scheme) => {
      const matches = (change: Parameters<typeof viewOf>[1]) =>
        viewOf(scheme, change)?.values.map((value) => value.matches)
      expect(matches({})).toEqual([true])
      expect(matches({ recorded: Buffer.from('{"hello":"World"}') })).toEqual([false])
      expect(matches({ opened: generateSecret(scheme).secret })).toEqual([false])
      expect(matches({ opened: null })).toEqual([null])
    },
  )

  it('says that a part of the body only was sent', () => {
    const view = viewOf('github', { recorded: BODY.subarray(0, 5) })
    expect(view?.notes.join()).toContain('Only 5 of 17 bytes were sent')
    expect(viewOf('github')?.notes.join()).not.toContain('Only')
  })

  it('names the public key, and the package that Python needs, for ed25519 alone', () => {
    expect(viewOf('standard_ed25519')?.notes.join()).toMatch(/whpk_[\w+/=]{44}/)
    expect(viewOf('standard_ed25519')?.notes.join()).toContain('cryptography')
    expect(viewOf('standard')?.notes.join()).not.toMatch(/whpk_|cryptography/)
  })

  it('looks at the first values only, however many a header claims', () => {
    const value = `v1,${Buffer.alloc(32).toString('base64')}`
    const headers = [
      ['webhook-id', 'd'],
      ['webhook-timestamp', '9'],
      ['webhook-signature', Array.from({ length: 10_000 }, () => value).join(' ')],
    ] as const
    const request = { scheme: 'standard', own, secrets: [], headers, body: BODY } as const
    expect(explain({ ...request, shownBody: { text: '', cut: false } })?.values).toHaveLength(20)
  })

  it('is none without the headers', () => {
    const request = { scheme: 'slack', own, secrets: [], body: BODY } as const
    expect(explain({ ...request, headers: [], shownBody: { text: '', cut: false } })).toBeNull()
  })
})
