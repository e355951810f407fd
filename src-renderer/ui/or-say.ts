/** For calls to the core: what they fail with is said in the corner, and that they were done once they are. */
import { faultText } from '../state/core.ts'
import { say } from './say.ts'

/** For what shows by itself. Answers whether it was done; never rejects. */
export async function orSay(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    say(faultText(error))
    return false
  }
}

/**
 * For what can be taken back, with what `work` answers: says so once it is done. Answers whether it
 * was; never rejects.
 */
export async function sayDone(
  work: Promise<() => Promise<unknown>>,
  words: string,
): Promise<boolean> {
  return orSay(
    work.then((takeBack) =>
      say(words, { action: { label: 'Undo', onClick: () => void orSay(takeBack()) } }),
    ),
  )
}
