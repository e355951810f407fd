/**
 * How the answer that a capture got counts: as it would for its sender, by what it was sent to. So a
 * replay of what Teams took with 202 is compared with *accepted*, not with a plain yes.
 */
import type { OutcomeCode } from '#contract'
import { judgeByStatus, judgeOf, recogniseEndpoint } from '../destinations/index.ts'
import { targetOf } from '../encode/index.ts'
import type { CaptureRow } from '../store/index.ts'

/** Receivers are told apart by their paths alone. */
const THIS_MACHINE = 'http://127.0.0.1'
const NOTHING = new Uint8Array()

/**
 * @param read the answer's bytes; read only where more than the status decides
 * @returns null where nothing was answered
 */
export function answerCode(
  { status, imported, head }: Pick<CaptureRow, 'status' | 'imported' | 'head'>,
  read: () => { readonly head: Uint8Array; readonly body: Uint8Array } | null,
): OutcomeCode | null {
  if (status === null) return null
  const origin = imported?.origin ?? THIS_MACHINE
  const path = targetOf(head)
  const { destination } = recogniseEndpoint(origin + path)
  // Only the code is used: no word of the answer is quoted.
  const judge = judgeOf(destination, { origin, path }, () => '')
  const answer = judge && read()
  return answer
    ? judge({ httpStatus: status, ...answer }).code
    : judgeByStatus({ httpStatus: status, head: NOTHING, body: NOTHING }).code
}
