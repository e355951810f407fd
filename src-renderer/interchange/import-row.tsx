/** One recognised thing: whether it is chosen, what it is, and what of it could not be kept. */
import { Checkbox } from '@mantine/core'
import { IconAlertTriangle, IconBan } from '@tabler/icons-react'
import { eventLabel, type ImportItem } from '#contract'
import { counted, formatBytes } from '../ui/bytes.ts'
import { AbsoluteTime } from '../ui/time.tsx'
import classes from './interchange.module.css'

interface ImportRowProps {
  readonly item: ImportItem
  readonly isChosen: boolean
  readonly onToggle: () => void
}

export function ImportRow({ item, isChosen, onToggle }: ImportRowProps) {
  const { kind, method, title, lost, sentAtMs } = item
  const isRefused = kind === 'refused'
  const name = [method, title].filter(Boolean).join(' ')
  return (
    <li className={classes.item}>
      {isRefused ? (
        <IconBan size={16} className={classes.bad} aria-label="Cannot be imported" />
      ) : (
        <Checkbox size="xs" aria-label={`Import ${name}`} checked={isChosen} onChange={onToggle} />
      )}
      <div className={classes.itemText}>
        <p className={lineClass(kind)}>
          {method === '' ? null : <strong>{method} </strong>}
          {title}
        </p>
        {isRefused ? null : (
          <p className={classes.quiet}>
            {factsOf(item).join(' · ')}
            {sentAtMs === null ? null : (
              <>
                {' · sent '}
                <AbsoluteTime atMs={sentAtMs} />
              </>
            )}
          </p>
        )}
        {lost.length > 0 ? (
          <ul className={classes.lost}>
            {lost.map((words) => (
              <li key={words}>
                <IconAlertTriangle size={12} aria-hidden />
                <span>{words}</span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  )
}

function lineClass(kind: ImportItem['kind']): string | undefined {
  if (kind === 'refused') return classes.refused
  return kind === 'request' || kind === 'event' ? classes.wire : classes.name
}

function factsOf({ kind, event, contentType, headers, bodyBytes, status }: ImportItem): string[] {
  const named = event === null ? [] : [eventLabel(event)]
  if (kind === 'webhook') return ['Webhook', ...named]
  if (kind === 'sample') return ['Sample', ...named, formatBytes(bodyBytes)]
  if (kind === 'event') {
    return [
      event === null ? 'An event that does not say which' : eventLabel(event),
      formatBytes(bodyBytes),
    ]
  }
  return [
    counted(headers, 'header', 'headers'),
    bodyBytes === 0
      ? 'no body'
      : `${formatBytes(bodyBytes)}${contentType ? ` of ${contentType}` : ''}`,
    ...(status === null ? [] : [`answered ${status}`]),
  ]
}
