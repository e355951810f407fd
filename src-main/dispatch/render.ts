/** From a stored delivery to the request that is sent for it, or to the reason why there is none. */
import type { DeliveryId, Retry } from '#contract'
import type { Judge } from '../destinations/index.ts'
import type { WireRequest } from '../encode/request.ts'
import { AppError } from '../errors.ts'
import type { DeliveryJob } from '../store/history-records.ts'
import type { Route } from './route.ts'

export interface Rendered {
  readonly request: WireRequest
  readonly timeoutMs: number
  readonly retry: Retry
  /** By which way; directly, with certificates checked, where it is left out. */
  readonly route?: Route
  /** What the destination means by an answer; without it 2xx is success. */
  readonly judge?: Judge | undefined
}

/** What a request may say of the attempt that it is made for. */
export interface AttemptStamp {
  readonly deliveryId: DeliveryId
  /** Wall clock, as recorded. */
  readonly atMs: number
}

/** @throws AppError when the saved webhook cannot be turned into a request */
export type Render = (job: DeliveryJob, stamp: AttemptStamp) => Rendered

/** @param onBug hears of every other error; the delivery then ends with words of ours */
export function renderJob(
  render: Render,
  job: () => DeliveryJob,
  stamp: AttemptStamp,
  onBug: (error: unknown) => void,
): Rendered | { readonly problem: string } {
  try {
    return render(job(), stamp)
  } catch (error) {
    if (error instanceof AppError) return { problem: error.message }
    onBug(error)
    return {
      problem: 'Hookstage could not make the request. The log says why; save the webhook again.',
    }
  }
}
