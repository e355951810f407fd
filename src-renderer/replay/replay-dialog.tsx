/**
 * A replay before it is sent: where it goes, how it is signed, what of it is edited, and what is
 * different from the original, named.
 */
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { ReplayOriginal, ReplayReveal } from '#contract'
import { type Fault, faultOf, faultText } from '../state/core.ts'
import { draftKey, type OpenReplay, replays, useReplay, useReplayDraft } from '../state/replay.ts'
import { firstDraft, type ReplayDraft, requestOf } from '../state/replay-draft.ts'
import { editsOf, withRevealed } from '../state/replay-edit.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { formFault } from '../ui/form-fault.ts'
import { LeftBefore } from '../ui/left-before.tsx'
import { say } from '../ui/say.ts'
import { TargetChoice } from '../ui/target-choice.tsx'
import classes from './replay.module.css'
import { ReplayEditor } from './replay-editor.tsx'
import { sayReplayed } from './replay-menu.tsx'
import { SigningField } from './signing-field.tsx'

export function ReplayDialog() {
  const open = useReplay((state) => state.open)
  return (
    <Dialog
      opened={open !== null}
      isForm
      onClose={replays.close}
      title="Replay"
      size={860}
      yOffset={24}
    >
      {open ? <Opened key={draftKey(open)} open={open} /> : null}
    </Dialog>
  )
}

function Opened({ open }: { readonly open: OpenReplay }) {
  const [original, setOriginal] = useState<ReplayOriginal | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [revealed, setRevealed] = useState<ReplayReveal>(
    () => replays.draftOf(open)?.revealed ?? [],
  )
  useEffect(() => {
    if (problem !== null) return undefined
    let isWanted = true
    replays.original(open.source, replays.draftOf(open)?.revealed ?? []).then(
      (read) => isWanted && setOriginal(read),
      (error: unknown) => isWanted && setProblem(faultText(error)),
    )
    return () => {
      isWanted = false
    }
  }, [open, problem])

  /** Fails with the core's reason, and leaves all as it is then. */
  const reveal = async (part: ReplayReveal[number]) => {
    if (!original) return
    const parts = [...revealed, part]
    const shown = await replays.original(open.source, parts)
    const draft = replays.draftOf(open)
    if (draft) {
      const typed = withRevealed(original, shown, draft.typed)
      replays.type(open, { ...draft, typed, revealed: parts })
    }
    setRevealed(parts)
    setOriginal(shown)
  }
  if (original) {
    return <Replaying open={open} original={original} revealed={revealed} onReveal={reveal} />
  }
  if (problem === null) return <p className={classes.quiet}>Reading the request…</p>
  return (
    <>
      <ErrorNote message={problem} />
      <Button size="xs" variant="default" onClick={() => setProblem(null)}>
        Try again
      </Button>
    </>
  )
}

interface ReplayingProps {
  readonly open: OpenReplay
  readonly original: ReplayOriginal
  readonly revealed: ReplayReveal
  readonly onReveal: (part: ReplayReveal[number]) => Promise<void>
}

function Replaying({ open, original, revealed, onReveal }: ReplayingProps) {
  const { source, aim } = open
  const webhooks = useWebhooks((state) => state.webhooks)
  const kept = useReplayDraft(open)
  const draft = kept ?? firstDraft(original, aim, revealed)
  const [wasLeft, setLeft] = useState(kept !== undefined)
  const [fault, setFault] = useState<Fault | null>(null)
  const [isBusy, setBusy] = useState(false)
  const { target, signing, keepsId, typed } = draft
  const isOwn = target.kind === 'own'
  const edits = editsOf(original, typed, isOwn)
  const { of: problemOf, foot } = formFault(fault, (field) => HAS_FIELD.test(field))

  /** What was refused was refused as it stood then. */
  const change = (part: Partial<ReplayDraft>) => {
    setFault(null)
    replays.type(open, { ...draft, ...part })
  }
  const startOver = () => {
    setFault(null)
    setLeft(false)
    replays.forget(open)
  }
  const send = async () => {
    setBusy(true)
    setFault(null)
    try {
      const sent = await replays.send(requestOf(source, draft, edits))
      replays.finish(open)
      await sayReplayed(sent)
    } catch (error) {
      const found = faultOf(error)
      if (replays.isOpen(open)) setFault(found)
      else say(`The replay was not sent. ${found.message}`)
    } finally {
      setBusy(false)
    }
  }
  const problem = edits.problem ?? foot
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (fault !== null) focusIn(form.current, '[aria-invalid="true"]')
  }, [fault])
  return (
    <div ref={form} className={classes.replaying}>
      {wasLeft ? <LeftBefore onStartOver={startOver} /> : null}
      {/* Started over, they forget what was typed in them. */}
      <div key={String(wasLeft)} className={classes.choices}>
        <div className={classes.field}>
          <TargetChoice
            words={{ own: whereItWent(original), url: 'Another URL…' }}
            webhooks={webhooks}
            target={target}
            problems={{ url: problemOf('url') }}
            onTarget={(next) => change({ target: next })}
          />
        </div>
        <SigningField
          original={original}
          webhooks={webhooks}
          signing={signing}
          keepsId={keepsId}
          problem={problemOf('signing')}
          isFirst={aim === 'sign'}
          onSigning={(next) => change({ signing: next })}
          onKeepsId={(next) => change({ keepsId: next })}
        />
      </div>
      <ReplayEditor
        original={original}
        typed={typed}
        isOpen={aim === 'edit'}
        isOwn={isOwn}
        problemOf={problemOf}
        onTyped={(next) => change({ typed: next })}
        onReveal={onReveal}
      />
      <Differences original={original} isOwn={isOwn} changes={edits.changes} />
      <DialogFoot beside={problem === null ? null : <ErrorNote message={problem} />}>
        <Button variant="default" onClick={() => replays.finish(open)}>
          Cancel
        </Button>
        <Button disabled={isBusy || edits.problem !== null} onClick={() => void send()}>
          {edits.edited ? 'Send edited' : 'Send'}
        </Button>
      </DialogFoot>
    </div>
  )
}

/** Those that stand beside what they are about; the others are said beside the button. */
const HAS_FIELD = /^(url|method|path|signing\b.*)$/

function focusIn(parent: HTMLElement | null, which: string): void {
  parent?.querySelector<HTMLElement>(which)?.focus()
}

const SAME = 'The same method, path, headers and body.'
const SAME_ELSEWHERE = 'The same method, headers and body, at the path that the endpoint says.'

interface DifferencesProps {
  readonly original: ReplayOriginal
  readonly isOwn: boolean
  readonly changes: readonly string[]
}

function Differences({ original: { leftOut }, isOwn, changes }: DifferencesProps) {
  return (
    <div className={classes.differences}>
      <section aria-label="Changes">
        <h3 className={classes.heading}>Against the original</h3>
        {changes.length === 0 ? (
          <p className={classes.quiet}>{isOwn ? SAME : SAME_ELSEWHERE}</p>
        ) : (
          <ul className={classes.changes}>
            {changes.map((change, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same line may be gone twice
              <li key={index}>{change}</li>
            ))}
          </ul>
        )}
      </section>
      <section aria-label="Not sent again">
        <h3 className={classes.heading}>The connection’s own, not sent again</h3>
        <ul className={classes.leftOut}>
          {leftOut.map(({ name, why }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a header may stand there twice
            <li key={index}>
              <code>{name}</code>: {why}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function whereItWent({ url, isImported }: ReplayOriginal): string {
  const words = isImported ? 'Where it was for' : 'Where it went'
  return url === '' ? `${words} (not known)` : `${words}: ${url}`
}
