/** What a Hookstage file without secrets says of a webhook. */
import { expect, it } from 'vitest'
import { emptyDraft } from '#contract'
import { withoutSecrets } from '../../../src-main/transfer/file-webhooks.ts'

it('leaves credentials out of a proxy’s URL, also of one that is not in use', () => {
  const draft = emptyDraft()
  const { network } = withoutSecrets({
    ...draft,
    network: { ...draft.network, proxyUrl: 'http://me:pS3cr3t@proxy.example.com:3128' },
  })
  expect(network.proxyUrl).toBe('http://••••••••@proxy.example.com:3128')
})
