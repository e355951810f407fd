/** The nonce that the host put into the page: what makes style elements must carry it. */

/** Empty where the page was not served by a host of ours (a bare build, a test). */
export function pageNonce(): string {
  const text = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  return text.startsWith('__') ? '' : text
}
