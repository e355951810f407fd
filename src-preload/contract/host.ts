/**
 * Hosts that requests go to. One that is not this machine is confirmed by the user once per
 * workspace, before the first request leaves for it.
 */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { commonErrors } from './errors.ts'

/** `api.example.com`, `[2001:db8::1]`: lower case, without a port; it stands for all ports. */
export const hostNameSchema = z.string().min(1).max(255)

export const confirmedHostSchema = z.object({
  host: hostNameSchema,
  /** Null: it was sent to before Hookstage began to ask. */
  confirmedAtMs: z.number().nullable(),
})
export type ConfirmedHost = z.infer<typeof confirmedHostSchema>

/** A host that the user has to decide on. */
export const askedHostSchema = z.object({
  host: hostNameSchema,
  /** That are queued for it and wait for the answer. */
  deliveries: z.number().int(),
  /** A receiver is to pass requests on to it. */
  isPassedOnTo: z.boolean(),
})
export type AskedHost = z.infer<typeof askedHostSchema>

const call = oc.errors(commonErrors)
const nothing = z.object({})
const hosts = z.array(hostNameSchema).min(1).max(1_000)

/** `app.status` says which hosts are asked about. */
export const hostCalls = {
  /** Those that were confirmed, by name. */
  list: call.output(z.array(confirmedHostSchema)),
  /** Sends what waits for them, and whatever is to go there from now on. */
  confirm: call.input(z.object({ hosts })).output(nothing),
  /** Cancels what waits for them; they are asked about again when something else is to go there. */
  refuse: call.input(z.object({ hosts })).output(z.object({ cancelled: z.number().int() })),
  /** Takes a confirmation back: what is on its way goes on, everything else waits for a new one. */
  forget: call.input(z.object({ host: hostNameSchema })).output(nothing),
}
