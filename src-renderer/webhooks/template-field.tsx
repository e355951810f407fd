/** The template of the user's own: an editor that completes and tells faults at their line, and starts to choose from. */
import { autocompletion } from '@codemirror/autocomplete'
import type { Diagnostic } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Chat, FieldProblem, WebhookDraft } from '#contract'
import { builtInTemplate, useEventSchema } from '../state/template.ts'
import { orSay } from '../ui/or-say.ts'
import { say } from '../ui/say.ts'
import { WireEditor } from '../ui/wire-editor.tsx'
import { Notes } from './field-notes.tsx'
import type { Edit } from './form-state.ts'
import { templateCompletion } from './template-completion.ts'
import classes from './template-field.module.css'

const STARTS: readonly { chat: Chat | null; label: string }[] = [
  { chat: 'slack', label: 'Slack message' },
  { chat: 'teams', label: 'Microsoft Teams card' },
  { chat: 'webex', label: 'Webex message' },
  { chat: null, label: 'All of the event' },
]

interface TemplateFieldProps {
  readonly draft: WebhookDraft
  /** What the built-in one is offered for first. */
  readonly chat: Chat | null
  readonly problems: readonly FieldProblem[]
  readonly onChange: (edit: Edit) => void
}

export function TemplateField({ draft, chat, problems, onChange }: TemplateFieldProps) {
  const { template, event } = draft
  const schema = useEventSchema(event).value
  const isWrong = problems.some(({ severity }) => severity === 'error')
  const extensions = useMemo((): Extension[] => {
    const invalid = EditorView.contentAttributes.of({ 'aria-invalid': String(isWrong) })
    if (!schema) return [invalid]
    return [invalid, autocompletion({ override: [templateCompletion(schema)], icons: false })]
  }, [schema, isWrong])
  const diagnostics = useMemo(() => diagnosticsOf(template, problems), [template, problems])
  const startFrom = async (start: Chat | null) => {
    const next = await builtInTemplate(start, event)
    onChange((before) => ({ ...before, template: next }))
    if (template.trim() === '' || template === next) return
    const undo = () => onChange((before) => ({ ...before, template }))
    say('The template was replaced.', { action: { label: 'Undo', onClick: undo } })
  }
  return (
    <section className={classes.frame} aria-label="Template" data-field="template">
      <div className={classes.head}>
        <StartMenu chat={chat} onStart={(start) => void orSay(startFrom(start))} />
        <span className={classes.hint}>Ctrl+Space completes fields and filters.</span>
      </div>
      <div className={classes.editor}>
        <WireEditor
          label="Template"
          language="liquid"
          text={template}
          onChange={(text) => onChange((before) => ({ ...before, template: text }))}
          extensions={extensions}
          diagnostics={diagnostics}
        />
      </div>
      <div role="status" className={classes.notes}>
        <Notes problems={problems} />
      </div>
    </section>
  )
}

interface StartMenuProps {
  readonly chat: Chat | null
  readonly onStart: (chat: Chat | null) => void
}

function StartMenu({ chat, onStart }: StartMenuProps) {
  const starts = STARTS.toSorted((a, b) => Number(b.chat === chat) - Number(a.chat === chat))
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Start from the built-in
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {starts.map((start) => (
          <Menu.Item key={start.label} onClick={() => onStart(start.chat)}>
            {start.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** From a fault's place to the end of its line. */
function diagnosticsOf(text: string, problems: readonly FieldProblem[]): readonly Diagnostic[] {
  const lines = text.split('\n')
  return problems.flatMap(({ place, severity, message }): Diagnostic[] => {
    const line = place && lines[place.line - 1]
    if (!place || line === undefined) return []
    const start = lines.slice(0, place.line - 1).reduce((sum, { length }) => sum + length + 1, 0)
    const from = start + Math.min(place.column - 1, Math.max(line.length - 1, 0))
    return [{ from, to: Math.max(start + line.trimEnd().length, from), severity, message }]
  })
}
