import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type DeliveryId, emptySigning } from '#contract'
import { createRequests } from '../../../src-main/authoring/requests.ts'
import { openVault } from '../../../src-main/authoring/vault.ts'
import { createRuntime } from '../../../src-main/runtime.ts'
import { generateSecret } from '../../../src-main/signing/index.ts'
import { createKeyFileSealer } from '../../../src-main/store/secret-sealer.ts'
import { draftWith } from '../../support/factories.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { tempStore } from '../../support/temp-store.ts'

describe('the attempts of one delivery', () => {
  it('have one id, and a time and a signature each of their own', async () => {
    const runtime = createRuntime()
    const sealer = createKeyFileSealer(join(tempFolder(), 'key'))
    const vault = await openVault({ store: tempStore().secrets, sealer, runtime })
    const requests = createRequests({ vault, runtime, version: 'test' })
    const secret = { kind: 'secret', text: generateSecret('standard').secret } as const
    const draft = draftWith({ signing: { ...emptySigning(), scheme: 'standard', secret } })
    const signatureAt = (atMs: number) => {
      const stamp = { deliveryId: 'dlv_1' as DeliveryId, atMs }
      const { headers } = requests.render(draft, '{}', stamp)
      const value = (name: string) => headers[headers.indexOf(name) + 1]
      return ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(value)
    }
    const [first, same, later] = [1_000_900, 1_000_999, 1_001_000].map(signatureAt)
    expect(first?.slice(0, 2)).toEqual(['dlv_1', '1000'])
    expect(same).toEqual(first)
    expect(later?.slice(0, 2)).toEqual(['dlv_1', '1001'])
    expect(later?.[2]).not.toBe(first?.[2])
  })
})
