/**
 * The Authorization that curl makes of `-u`, of the URL and of the options that choose a scheme, whatever
 * their order. Only Basic and Bearer are made without the server's word; of what was given for
 * another scheme nothing is sent.
 */
import { basicAuthorization } from './message-head.ts'

/** Options that choose a scheme; without any it is Basic. */
export type CurlScheme = keyof typeof NOT_MADE | 'basic'

const NOT_MADE = {
  digest: 'Digest authentication needs an exchange of its own',
  ntlm: 'NTLM authentication needs an exchange of its own',
  'ntlm-wb': 'NTLM authentication needs an exchange of its own',
  negotiate: 'Negotiate authentication needs an exchange of its own',
  anyauth: 'curl agrees with the server on how to authenticate',
  'aws-sigv4': 'AWS signatures are not made anew',
} as const

export interface CurlCredentials {
  /** As given to -u. Latin-1: one character is one byte. */
  readonly user: string | null
  readonly bearer: string | null
  readonly schemes: ReadonlySet<CurlScheme>
}

/** @param ofUrl `user:password`, decoded, which count where there is no -u */
export function authorizationOf(
  { user, bearer, schemes }: CurlCredentials,
  ofUrl: string | null,
): { readonly line: string | null; readonly lost: readonly string[] } {
  const asked = [...schemes, ...(bearer === null ? [] : (['bearer'] as const))]
  const [scheme = 'basic', ...others] = asked
  if (user === null && ofUrl === null && bearer === null) return { line: null, lost: [] }
  if (others.length > 0) return notMade('anyauth')
  if (scheme === 'bearer') return { line: `Authorization: Bearer ${bearer}`, lost: [] }
  if (scheme !== 'basic') return notMade(scheme)
  if (user === null) return { line: ofUrl === null ? null : basicAuthorization(ofUrl), lost: [] }
  if (user.includes(':')) {
    return { line: basicAuthorization(Buffer.from(user, 'latin1').toString('utf8')), lost: [] }
  }
  const lost = ['-u: curl would ask for the password, so no Authorization was made.']
  return { line: null, lost }
}

function notMade(scheme: keyof typeof NOT_MADE) {
  return { line: null, lost: [`${NOT_MADE[scheme]}, so no Authorization was made.`] }
}
