/** The request of a replay as it can be edited: method, path, headers a line each, body as text or bytes. */
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReplayOriginal } from '#contract'
import { faultText } from '../state/core.ts'
import { bodyWrittenAs, shownPath, type TypedRequest } from '../state/replay-edit.ts'
import { ErrorNote } from '../ui/error-note.tsx'
import { say } from '../ui/say.ts'
import { EXACT_LINES, WireEditor } from '../ui/wire-editor.tsx'
import classes from './replay.module.css'

interface ReplayEditorProps {
  readonly original: ReplayOriginal
  readonly typed: TypedRequest
  readonly isOpen: boolean
  /** It goes to where it went. */
  readonly isOwn: boolean
  readonly problemOf: (field: string) => string | undefined
  readonly onTyped: (typed: TypedRequest) => void
  /** Fails with the core's reason. */
  readonly onReveal: (part: 'path' | 'body') => Promise<void>
}

export function ReplayEditor(props: ReplayEditorProps) {
  const { original, typed, isOpen, problemOf, onTyped, onReveal } = props
  const [isShown, setShown] = useState(isOpen)
  if (!isShown) {
    return (
      <div>
        <Button size="xs" variant="default" onClick={() => setShown(true)}>
          Edit the request first
        </Button>
      </div>
    )
  }
  return (
    <div className={classes.editor}>
      <div className={classes.requestLine}>
        <TextInput
          size="xs"
          label="Method"
          data-autofocus={isOpen || undefined}
          value={typed.method}
          error={problemOf('method')}
          onChange={({ currentTarget }) => onTyped({ ...typed, method: currentTarget.value })}
        />
        <PathField {...props} />
      </div>
      <div className={classes.part}>
        <p className={classes.label} aria-hidden>
          Headers
        </p>
        <div className={classes.headers}>
          <WireEditor
            label="Headers, a line each"
            language="text"
            text={typed.headers}
            onChange={(headers) => onTyped({ ...typed, headers })}
          />
        </div>
      </div>
      <BodyEditor original={original} typed={typed} onTyped={onTyped} onReveal={onReveal} />
    </div>
  )
}

function PathField({
  original,
  typed,
  isOwn,
  problemOf,
  onTyped,
  onReveal,
}: Omit<ReplayEditorProps, 'isOpen'>) {
  const { path } = original
  const isLocked = isOwn && path.isHidden
  return (
    <div className={classes.path}>
      <TextInput
        size="xs"
        label="Path and query"
        classNames={{ input: classes.wire }}
        value={shownPath(original, typed, isOwn)}
        placeholder={isOwn ? '/' : 'As the endpoint says'}
        readOnly={isLocked}
        error={problemOf('path')}
        autoComplete="off"
        spellCheck={false}
        onChange={({ currentTarget }) => onTyped({ ...typed, path: currentTarget.value })}
      />
      {isLocked ? (
        <p className={classes.hidden}>
          The path holds a secret, so it is masked and sent as it is.
          <RevealButton onReveal={() => onReveal('path')} />
        </p>
      ) : null}
      {isOwn || path.isHidden || typed.path === path.text ? null : (
        <p className={classes.hidden}>
          <span>
            It was <code className={classes.wire}>{path.text}</code>
          </span>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onTyped({ ...typed, path: path.text })}
          >
            Keep that path
          </Button>
        </p>
      )}
    </div>
  )
}

function RevealButton({ onReveal }: { readonly onReveal: () => Promise<void> }) {
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const reveal = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await onReveal()
    } catch (error) {
      setProblem(faultText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        disabled={isBusy}
        leftSection={<IconEye size={12} aria-hidden />}
        onClick={() => void reveal()}
      >
        Show and edit it
      </Button>
      {problem === null ? null : <ErrorNote message={problem} />}
    </>
  )
}

function BodyEditor({
  original: { body },
  typed,
  onTyped,
  onReveal,
}: Pick<ReplayEditorProps, 'original' | 'typed' | 'onTyped' | 'onReveal'>) {
  if (body.isHidden) {
    return (
      <p className={classes.hidden}>
        The body holds a secret that Hookstage keeps, so it is hidden and sent as it is.
        <RevealButton onReveal={() => onReveal('body')} />
      </p>
    )
  }
  if (body.text === null && body.hex === null) {
    return (
      <p className={classes.quiet}>These bytes are too many to be edited, and sent as they are.</p>
    )
  }
  const write = (as: 'text' | 'hex') => {
    const text = as === typed.bodyAs ? typed.body : bodyWrittenAs(typed.body, as)
    if (text === null) say('These bytes are not UTF-8 text, so they stay as digits.')
    else onTyped({ ...typed, body: text, bodyAs: as })
  }
  return (
    <div className={classes.part}>
      <div className={classes.bar}>
        <p className={classes.label} aria-hidden>
          Body
        </p>
        <SegmentedControl
          size="xs"
          aria-label="Body as"
          value={typed.bodyAs}
          data={[
            { value: 'text', label: 'Text' },
            { value: 'hex', label: 'Hex' },
          ]}
          onChange={(value) => write(value === 'hex' ? 'hex' : 'text')}
        />
      </div>
      <div className={classes.body}>
        <WireEditor
          key={typed.bodyAs}
          label="Body"
          language="text"
          text={typed.body}
          onChange={(next) => onTyped({ ...typed, body: next })}
          extensions={EXACT_LINES}
        />
      </div>
    </div>
  )
}
