/** The nonce that the host put into the page: what makes style elements must carry it. */

/** What stands in the page as it was built; a nonce may itself start with underscores. */
const UNSET = '__CSP_NONCE__'

/** Empty where the page was not served by a host of ours (a bare build, a test). */
export function pageNonce(): string {
  const text = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  return text === UNSET ? '' : text
}
