/** A data folder in which receivers have recorded requests already, for cores to be started on. */
import type { CaptureId, ReceiverId } from '#contract'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { openStore, type Store } from '../../src-main/store/index.ts'

const GROUP = 500

export interface Captured {
  /** What stands in the body and in `x-number`. */
  readonly number: number
  readonly receivedAtMs: number
  readonly status: number
  /** What Echo answered, whole: head and body. */
  readonly answer: string
}

/** So many captures of Echo in a folder, `number` counting from 0; each may differ. */
export async function captureInto(
  dataDir: string,
  count: number,
  each?: (number: number) => Partial<Captured>,
): Promise<CaptureId[]> {
  const folder = claimDataFolder(dataDir)
  const store = openStore(folder, Date.now())
  const ids = await recordCaptures(store, count, each)
  store.close()
  folder.release()
  return ids
}

/** The same in a store that is open. */
export async function recordCaptures(
  store: Pick<Store, 'captures'>,
  count: number,
  each: (number: number) => Partial<Captured> = () => ({}),
): Promise<CaptureId[]> {
  const ids: CaptureId[] = []
  for (let from = 0; from < count; from += GROUP) {
    const numbers = Array.from({ length: Math.min(GROUP, count - from) }, (_, i) => from + i)
    const captured = numbers.map((number) =>
      record(store, { number, receivedAtMs: number, status: 200, ...each(number) }),
    )
    ids.push(...(await Promise.all(captured)))
  }
  return ids
}

type Recorded = Omit<Captured, 'answer'> & Partial<Captured>

async function record(
  { captures }: Pick<Store, 'captures'>,
  { number, receivedAtMs, status, answer = `HTTP/1.1 ${status} X\r\n\r\nok` }: Recorded,
): Promise<CaptureId> {
  const id = `cap_${String(number).padStart(8, '0')}` as CaptureId
  const event = { id: `evt_${number}`, type: 'meeting.booked', data: { number } }
  const body = Buffer.from(JSON.stringify(event))
  const lines = [
    'POST /in/echo HTTP/1.1',
    'Host: 127.0.0.1:4781',
    'Content-Type: application/json',
    `X-Number: ${number}`,
    `Content-Length: ${body.length}`,
    '\r\n',
  ]
  const seq = await captures.record({
    id,
    receiverId: 'echo' as ReceiverId,
    receivedAtMs,
    head: Buffer.from(lines.join('\r\n')),
    body,
    bodyBytes: body.length,
    isChunked: false,
    problem: null,
  })
  const headEnd = answer.indexOf('\r\n\r\n') + 4
  const [headText, bodyText] = [answer.slice(0, headEnd), answer.slice(headEnd)]
  const answered = { head: Buffer.from(headText), body: Buffer.from(bodyText) }
  await captures.answered(seq, { status, ...answered })
  return id
}
