/** Where the payload comes from: its seed or a kept sample, and what can be done about edits. */
import { Badge, Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import type { EventName } from '#contract'
import { simulator, useSimulator } from '../state/simulator.ts'
import { isEdited, type PayloadDraft } from '../state/simulator-drafts.ts'
import { SampleMenu } from './sample-menu.tsx'
import { SeedField } from './seed-field.tsx'
import classes from './simulator.module.css'

interface PayloadToolbarProps {
  readonly event: EventName
  readonly draft: PayloadDraft
}

export function PayloadToolbar({ event, draft }: PayloadToolbarProps) {
  const replaced = useSimulator((state) => state.replaced[event])
  const edited = isEdited(draft)
  return (
    <div className={classes.toolbar}>
      <SeedField event={event} seed={draft.seed} />
      {edited ? (
        <>
          <Badge variant="outline" color="gray" tt="none" fw={500}>
            edited
          </Badge>
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => simulator.reset(event)}
            title={draft.sampleId ? 'Back to the kept sample' : 'Back to what the seed makes'}
          >
            Reset
          </Button>
        </>
      ) : null}
      {replaced ? (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => simulator.takeBack(event)}
        >
          Bring my edits back
        </Button>
      ) : null}
      <span className={classes.spring} />
      <SampleMenu event={event} draft={draft} />
    </div>
  )
}
