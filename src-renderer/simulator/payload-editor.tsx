/** A payload as JSON text: its departures from the schema underlined, its members completed. */
import { autocompletion } from '@codemirror/autocomplete'
import type { Diagnostic } from '@codemirror/lint'
import { useMemo } from 'react'
import type { PayloadIssue } from '#contract'
import { readJson } from '../inspector/json-document.ts'
import type { JsonSchema } from '../ui/json-schema.ts'
import { WireEditor } from '../ui/wire-editor.tsx'
import { jsonCompletion } from './json-completion.ts'

interface PayloadEditorProps {
  readonly text: string
  readonly schema: JsonSchema | undefined
  readonly issues: readonly PayloadIssue[]
  /** A place to show; a new object shows it again. */
  readonly place: { readonly offset: number } | null
  readonly onChange: (text: string) => void
}

export function PayloadEditor({ text, schema, issues, place, onChange }: PayloadEditorProps) {
  const extensions = useMemo(
    () => (schema ? [autocompletion({ override: [jsonCompletion(schema)], icons: false })] : []),
    [schema],
  )
  const diagnostics = useMemo(() => diagnosticsOf(text, issues), [text, issues])
  return (
    <WireEditor
      label="Payload as JSON"
      language="json"
      text={text}
      onChange={onChange}
      extensions={extensions}
      diagnostics={diagnostics}
      place={place}
    />
  )
}

/** A fault of the JSON itself stands alone: until it is mended nothing else can be told. */
function diagnosticsOf(text: string, issues: readonly PayloadIssue[]): readonly Diagnostic[] {
  const document = readJson(text)
  if (!document.ok) {
    const from = Math.min(document.fault.offset, text.length)
    const to = Math.min(from + 1, text.length)
    return [{ from, to, severity: 'error', message: `${document.fault.message}.` }]
  }
  return issues.map(({ path, message, offset }) => {
    const from = Math.min(offset ?? 0, text.length)
    const to = from + lengthOfToken(text.slice(from, from + 400))
    return { from, to, severity: 'warning', message: path ? `${path}: ${message}` : message }
  })
}

/** What is underlined: one value, or the bracket that opens it. */
function lengthOfToken(text: string): number {
  return /^(?:"(?:[^"\\]|\\.)*"|[\w.+-]+|.)/.exec(text)?.[0].length ?? 0
}
