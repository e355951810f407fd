/** What the page says of signature schemes, held against the table that signs. */
import { expect, test } from 'vitest'
import { emptySigning, SIGNING_SCHEMES } from '#contract'
import { headerNames, specOf } from '../../../src-main/signing/scheme.ts'
import { SCHEME_SENDS, schemeCarried } from '../../../src-renderer/ui/signing-words.ts'

const SCHEMES = SIGNING_SCHEMES.filter((scheme) => scheme !== 'own')

test.each(SCHEMES)('the words for %s name every header it sends, and its prefix', (scheme) => {
  const spec = specOf(scheme, emptySigning().own)
  for (const name of headerNames(spec)) expect(SCHEME_SENDS[scheme]).toContain(name)
  if (spec.prefix) expect(SCHEME_SENDS[scheme]).toContain(`“${spec.prefix}”`)
  expect(SCHEME_SENDS[scheme]).toContain(spec.encoding)
})

test.each(SCHEMES)('a request signed as %s is known by its header', (scheme) => {
  const spec = specOf(scheme, emptySigning().own)
  const line = `${spec.headers.signature}: ${spec.prefix}abc`
  expect(schemeCarried(`POST /in HTTP/1.1\r\nHost: x\r\n${line}\r\n\r\n{}`)).toBe(scheme)
  expect(schemeCarried(`\n${line.toUpperCase().replace('V1A', 'v1a')}\n\n{}`)).toBe(scheme)
})

test('a header in the body, or another kind of authorization, tells nothing', () => {
  expect(schemeCarried('POST /in HTTP/1.1\nHost: x\n\nX-Hub-Signature-256: sha256=00')).toBeNull()
  expect(schemeCarried('POST /in HTTP/1.1\nAuthorization: Bearer x\n\n{}')).toBeNull()
  expect(schemeCarried('')).toBeNull()
})
