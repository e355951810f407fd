/**
 * A replay before it is sent: where it goes, how it is signed, what of it is edited, and what is
 * different from the original, named.
 */
import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type {
  FieldProblem,
  ReplayOriginal,
  ReplayRequest,
  ReplayReveal,
  ReplaySource,
} from '#contract'
import { faultOf, faultText } from '../state/core.ts'
import { type ReplayAim, replays, useReplay } from '../state/replay.ts'
import { editsOf, type TypedRequest, typedOf, withRevealed } from '../state/replay-edit.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { TargetChoice } from '../ui/target-choice.tsx'
import classes from './replay.module.css'
import { ReplayEditor } from './replay-editor.tsx'
import { sayReplayed } from './replay-menu.tsx'
import { type SignChoice, SigningField, signingRequest } from './signing-field.tsx'

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
      {open ? <Loading source={open.source} aim={open.aim} /> : null}
    </Dialog>
  )
}

interface LoadingProps {
  readonly source: ReplaySource
  readonly aim: ReplayAim
}

function Loading({ source, aim }: LoadingProps) {
  const [original, setOriginal] = useState<ReplayOriginal | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [revealed, setRevealed] = useState<ReplayReveal>([])
  useEffect(() => {
    let isWanted = true
    replays.original(source, revealed).then(
      (read) => isWanted && setOriginal(read),
      (error: unknown) => isWanted && setProblem(faultText(error)),
    )
    return () => {
      isWanted = false
    }
  }, [source, revealed])
  if (problem !== null) return <ErrorNote message={problem} />
  if (!original) return <p className={classes.quiet}>Reading the request…</p>
  return (
    <Replaying
      source={source}
      aim={aim}
      original={original}
      onReveal={(part) => setRevealed((parts) => [...parts, part])}
    />
  )
}

interface ReplayingProps extends LoadingProps {
  readonly original: ReplayOriginal
  readonly onReveal: (part: ReplayReveal[number]) => void
}

function Replaying({ source, aim, original, onReveal }: ReplayingProps) {
  const webhooks = useWebhooks((state) => state.webhooks)
  const [target, setTarget] = useState<ReplayRequest['target']>(
    aim === 'elsewhere' ? { kind: 'url', url: { kind: 'plain', text: '' } } : { kind: 'own' },
  )
  const [sign, setSign] = useState<SignChoice>(() => firstSignChoice(original, aim))
  const [keepsId, setKeepsId] = useState(true)
  const [typed, setTyped] = useState<TypedRequest>(() => typedOf(original))
  const [known, setKnown] = useState(original)
  if (known !== original) {
    setKnown(original)
    setTyped(withRevealed(known, original, typed))
  }
  const [problems, setProblems] = useState<readonly FieldProblem[]>([])
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isOwn = target.kind === 'own'
  const edits = editsOf(original, typed, isOwn)
  const problemOf = (field: string) =>
    problems.find((each) => each.field === field || each.field.startsWith(`${field}.`))?.message

  const forgetFaults = () => {
    setProblems([])
    setFault(null)
  }
  /** What was refused was refused as it stood then. */
  const afresh =
    <T,>(change: (value: T) => void) =>
    (value: T) => {
      forgetFaults()
      change(value)
    }

  const send = async () => {
    setBusy(true)
    forgetFaults()
    const signing = signingRequest(sign)
    const kind = edits.edited ? 'edited' : signing ? 're_signed' : 'as_sent'
    try {
      const edited = edits.edited
      sayReplayed(await replays.send({ source, kind, target, signing, keepsId, edited }))
      replays.close()
    } catch (error) {
      const found = faultOf(error)
      setProblems(found.problems)
      setFault(found.message)
    } finally {
      setBusy(false)
    }
  }
  const isSaidAbove = problems.length > 0 && problems.every(({ field }) => HAS_FIELD.test(field))
  const problem = edits.problem ?? (isSaidAbove ? null : fault)
  const form = useRef<HTMLDivElement>(null)
  // The dialog had nothing but its Close to put the focus on while this was read.
  useEffect(() => focusIn(form.current, '[data-autofocus]'), [])
  useEffect(() => {
    if (problems.length > 0) focusIn(form.current, '[aria-invalid="true"]')
  }, [problems])
  return (
    <div ref={form} className={classes.replaying}>
      <div className={classes.choices}>
        <div className={classes.field}>
          <TargetChoice
            words={{ own: whereItWent(original), url: 'Another URL…' }}
            webhooks={webhooks}
            target={target}
            problems={{ url: problemOf('url') }}
            onTarget={afresh(setTarget)}
          />
        </div>
        <SigningField
          original={original}
          webhooks={webhooks}
          choice={sign}
          keepsId={keepsId}
          problem={problemOf('signing')}
          isFirst={aim === 'sign'}
          onChoice={afresh(setSign)}
          onKeepsId={setKeepsId}
        />
      </div>
      <ReplayEditor
        original={original}
        typed={typed}
        isOpen={aim === 'edit'}
        isOwn={isOwn}
        problemOf={problemOf}
        onTyped={afresh(setTyped)}
        onReveal={onReveal}
      />
      <Differences original={original} isOwn={isOwn} changes={edits.changes} />
      <DialogFoot beside={problem === null ? null : <ErrorNote message={problem} />}>
        <Button variant="default" onClick={replays.close}>
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

function firstSignChoice({ webhookId, scheme }: ReplayOriginal, aim: ReplayAim): SignChoice {
  if (aim !== 'sign') return { kind: 'leave' }
  return webhookId !== null && scheme !== 'none'
    ? { kind: 'webhook', webhookId }
    : { kind: 'typed', scheme: 'standard', own: null, secret: { kind: 'secret', text: '' } }
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
            {changes.map((change) => (
              <li key={change}>{change}</li>
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
