/**
 * A payload as a form made from its event's JSON Schema. Every edit is spliced into the text at the
 * field's own place, so all that is not touched stays as it is written. Members that the schema
 * does not know, and values of another kind than it wants, are shown as JSON.
 */
import { Alert, Button } from '@mantine/core'
import { useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { readJson } from '../inspector/json-document.ts'
import { fieldOf, type JsonSchema } from '../ui/json-schema.ts'
import { nodeAt } from './json-edit.ts'
import { type EditPayload, PayloadEditContext, type PayloadPath } from './payload-edit.ts'
import classes from './payload-form.module.css'
import { MemberList } from './payload-group.tsx'

/** A form of a larger payload would be slower than it is useful. */
const MAX_FORM_LENGTH = 400_000

interface PayloadFormProps {
  readonly text: string
  readonly schema: JsonSchema
  readonly onChange: (text: string) => void
  readonly onShowJson: () => void
}

export function PayloadForm({ text, schema, onChange, onShowJson }: PayloadFormProps) {
  const tooLong = text.length > MAX_FORM_LENGTH
  const document = useMemo(() => (tooLong ? null : readJson(text)), [text, tooLong])
  const latest = useRef({ text, onChange })
  useLayoutEffect(() => {
    latest.current = { text, onChange }
  }, [text, onChange])

  const edit = useCallback<EditPayload>((path: PayloadPath, change) => {
    const now = latest.current
    const current = readJson(now.text)
    const node = current.ok ? nodeAt(current.root, path) : undefined
    if (!node) return
    const next = change(now.text, node)
    if (next === now.text) return
    latest.current = { ...now, text: next }
    now.onChange(next)
  }, [])

  const root = document?.ok ? document.root : null
  if (root?.kind !== 'object') {
    return (
      <Alert color="gray" title="This payload cannot be shown as a form">
        <p className={classes.sentence}>{reasonOf(document, tooLong)}</p>
        <Button size="xs" variant="default" onClick={onShowJson}>
          Show the JSON
        </Button>
      </Alert>
    )
  }
  return (
    <PayloadEditContext value={edit}>
      <div className={classes.form}>
        <MemberList
          text={text}
          node={root}
          field={fieldOf(schema, schema)}
          path={[]}
          root={schema}
        />
      </div>
    </PayloadEditContext>
  )
}

function reasonOf(document: ReturnType<typeof readJson> | null, tooLong: boolean): string {
  if (tooLong) return 'It is too long for a form.'
  if (document && !document.ok) {
    const { line, column, message } = document.fault
    return `Line ${line}, column ${column}: ${message}.`
  }
  return 'It is not a JSON object.'
}
