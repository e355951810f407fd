/** A data folder in which receivers have recorded requests already, for cores to be started on. */
import type { CaptureId, ReceiverId } from '#contract'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { openStore } from '../../src-main/store/index.ts'

const GROUP = 500

export interface Captured {
  /** What stands in the body and in `x-number`. */
  readonly number: number
  readonly receivedAtMs: number
  readonly status: number
}

/** So many captures of Echo in a folder, `number` counting from 0; each may differ. */
export async function captureInto(
  dataDir: string,
  count: number,
  each: (number: number) => Partial<Captured> = () => ({}),
): Promise<CaptureId[]> {
  const folder = claimDataFolder(dataDir)
  const store = openStore(folder, Date.now())
  const ids: CaptureId[] = []
  for (let from = 0; from < count; from += GROUP) {
    const writes = Array.from({ length: Math.min(GROUP, count - from) }, async (_, i) => {
      const number = from + i
      const id = `cap_${String(number).padStart(8, '0')}` as CaptureId
      ids.push(id)
      const { receivedAtMs = number, status = 200 } = each(number)
      const body = Buffer.from(
        JSON.stringify({ id: `evt_${number}`, type: 'meeting.booked', data: { number } }),
      )
      const seq = await store.captures.record({
        id,
        receiverId: 'echo' as ReceiverId,
        receivedAtMs,
        head: Buffer.from(
          `POST /in/echo HTTP/1.1\r\nHost: 127.0.0.1:4781\r\nContent-Type: application/json\r\nX-Number: ${number}\r\nContent-Length: ${body.length}\r\n\r\n`,
        ),
        body,
        bodyBytes: body.length,
        isChunked: false,
        problem: null,
      })
      const head = Buffer.from(`HTTP/1.1 ${status} X\r\n\r\n`)
      await store.captures.answered(seq, { status, head, body: Buffer.from('ok') })
    })
    await Promise.all(writes)
  }
  store.close()
  folder.release()
  return ids
}
