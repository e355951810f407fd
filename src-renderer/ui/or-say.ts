/** For calls to the core whose success shows by itself: what they fail with is said in the corner. */
import { faultText } from '../state/core.ts'
import { say } from './say.ts'

/** Never rejects. */
export async function orSay(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => say(faultText(error)))
}
