/** The request of a replay as it can be edited: method, headers a line each, body as text or bytes. */
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReplayOriginal } from '#contract'
import { bodyWrittenAs, type TypedRequest } from '../state/replay-edit.ts'
import { say } from '../ui/say.ts'
import { EXACT_LINES, WireEditor } from '../ui/wire-editor.tsx'
import classes from './replay.module.css'

interface ReplayEditorProps {
  readonly original: ReplayOriginal
  readonly typed: TypedRequest
  readonly isOpen: boolean
  readonly onTyped: (typed: TypedRequest) => void
  readonly onReveal: () => void
}

export function ReplayEditor({ original, typed, isOpen, onTyped, onReveal }: ReplayEditorProps) {
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
      <TextInput
        size="xs"
        label="Method"
        className={classes.method}
        value={typed.method}
        onChange={({ currentTarget }) => onTyped({ ...typed, method: currentTarget.value })}
      />
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

function BodyEditor({
  original: { body },
  typed,
  onTyped,
  onReveal,
}: Omit<ReplayEditorProps, 'isOpen'>) {
  if (body.isHidden) {
    return (
      <p className={classes.hidden}>
        The body holds a secret that Hookstage keeps, so it is hidden and sent as it is.
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconEye size={12} aria-hidden />}
          onClick={onReveal}
        >
          Show and edit it
        </Button>
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
