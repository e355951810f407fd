import { afterEach, describe, expect, it, vi } from 'vitest'
import { pageNonce } from '../../../src-renderer/ui/page-nonce.ts'

function pageWith(content: string | null): void {
  vi.stubGlobal('document', { querySelector: () => (content === null ? null : { content }) })
}

afterEach(() => vi.unstubAllGlobals())

describe('the nonce of the page', () => {
  it('is what the host put there, whatever it starts with', () => {
    for (const nonce of ['q83vEjRWeJq8', '__3vEjRWeJq8', '-_3vEjRWeJq8']) {
      pageWith(nonce)
      expect(pageNonce()).toBe(nonce)
    }
  })

  it('is empty where no host put one', () => {
    pageWith('__CSP_NONCE__')
    expect(pageNonce()).toBe('')
    pageWith(null)
    expect(pageNonce()).toBe('')
  })
})
