/**
 * A bulk replay before it is sent: what is chosen is read, then each change of how it is to be sent
 * asks the core what would become of it. What is given up is forgotten; what the core has forgotten
 * meanwhile, as it was started anew, is read again.
 */
import { useEffect, useState } from 'react'
import type { BulkDryRun, BulkManner, BulkRun, BulkRunId, BulkSource } from '#contract'
import { bulk, useBulkRun } from './bulk.ts'
import { useConnection } from './connection.ts'
import { type Fault, isGone, readFaultOf } from './core.ts'

/** Changes that follow each other faster than this are asked about once. */
const ASK_AFTER_MS = 250

export interface BulkPlanning {
  /** Null until there is one. */
  readonly run: BulkRun | null
  readonly dryRun: BulkDryRun | null
  /** Why there is no dry run, and which field it is about. */
  readonly fault: Fault | null
  /** The dry run is of what was chosen before. */
  readonly isStale: boolean
  /** What was asked about last could not be sent as it is. */
  readonly isRefused: boolean
  /** Asks for the dry run anew: something else than what is chosen has changed. */
  askAgain(): void
  /** From now on the run is not forgotten with the window. */
  keep(): void
}

/** @param manner null while something is missing in it */
export function useBulkPlan(source: BulkSource, manner: BulkManner | null): BulkPlanning {
  const [round, setRound] = useState(0)
  const [lastGathered, setGathered] = useState<(Gathered & InRound) | null>(null)
  const [lastFailed, setFailed] = useState<(Fault & InRound & { returns: number }) | null>(null)
  useEffect(() => {
    const opened = gather(
      source,
      (found) => setGathered({ ...found, round }),
      (fault) => setFailed({ ...fault, round, returns: useConnection.getState().returns }),
    )
    return opened.giveUp
  }, [source, round])
  const gathered = lastGathered?.round === round ? lastGathered : null
  const failed = lastFailed?.round === round ? lastFailed : null
  const returns = useConnection((state) => state.returns)
  const runId = gathered?.runId ?? null
  const { value: run, problem, isGone: isForgotten } = useBulkRun(runId)
  // The core keeps no plan over a restart.
  if (isForgotten || (failed !== null && failed.returns < returns)) setRound(round + 1)
  const asked = useDryRun(run?.state === 'planned' ? runId : null, manner)
  return {
    run,
    dryRun: asked.dryRun,
    fault: failed ?? asked.fault ?? (problem === null ? null : { message: problem, problems: [] }),
    isStale: asked.isStale,
    isRefused: asked.isRefused,
    askAgain: asked.again,
    keep: () => gathered?.keep(),
  }
}

/** How often it was gathered before: what comes of an earlier round is out of date. */
interface InRound {
  readonly round: number
}

interface Gathered {
  readonly runId: BulkRunId
  keep(): void
}

function gather(
  source: BulkSource,
  onRun: (gathered: Gathered) => void,
  onFault: (fault: Fault) => void,
) {
  let isWanted = true
  let isKept = false
  let runId: BulkRunId | null = null
  const forget = () => {
    if (runId !== null && !isKept) void bulk.delete(runId).catch(() => undefined)
  }
  const keep = () => {
    isKept = true
  }
  const begin = async () => {
    try {
      runId = (await bulk.gather(source)).id
      if (isWanted) onRun({ runId, keep })
      else forget()
    } catch (error) {
      if (isWanted) onFault(readFaultOf(error))
    }
  }
  void begin()
  return {
    giveUp: () => {
      isWanted = false
      forget()
    },
  }
}

interface Asked {
  readonly of: string
  readonly dryRun: BulkDryRun | null
  readonly fault: Fault | null
}

function useDryRun(runId: BulkRunId | null, manner: BulkManner | null) {
  const [round, setRound] = useState(0)
  const returns = useConnection((state) => state.returns)
  const key =
    runId === null || manner === null ? null : JSON.stringify([runId, manner, round, returns])
  const [asked, setAsked] = useState<Asked | null>(null)
  // An answer from before something went missing says nothing about what comes after.
  if (key === null && asked !== null) setAsked(null)
  useEffect(() => {
    if (key === null) return undefined
    let isWanted = true
    const [id, how] = JSON.parse(key) as [BulkRunId, BulkManner]
    const timer = setTimeout(() => {
      bulk.dryRun(id, how).then(
        (dryRun) => isWanted && setAsked({ of: key, dryRun, fault: null }),
        (error: unknown) => {
          // What is gone is gathered anew, and then asked for again.
          if (!isWanted || isGone(error)) return
          setAsked({ of: key, dryRun: null, fault: readFaultOf(error) })
        },
      )
    }, ASK_AFTER_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [key])
  return {
    dryRun: asked?.dryRun ?? null,
    fault: asked?.of === key ? asked.fault : null,
    isStale: asked?.of !== key || asked.fault !== null,
    isRefused: asked !== null && asked.fault !== null,
    again: () => setRound(round + 1),
  }
}
