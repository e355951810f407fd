/** Exporting: as which kind of file, with or without secrets, and how it went. */
import { Button, Checkbox, PasswordInput, Radio } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { ExportFormat } from '#contract'
import { faultText } from '../state/core.ts'
import {
  type ExportEnd,
  type ExportSubject,
  exporting,
  readExport,
  useExporting,
} from '../state/exporting.ts'
import { formatBytes } from '../ui/bytes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { saveFile } from '../ui/save-file.ts'
import { exportedInWords, FORMATS } from './export-words.ts'
import classes from './interchange.module.css'

export function ExportDialog() {
  const subject = useExporting((state) => state.subject)
  return (
    <Dialog
      opened={subject !== null}
      isForm
      onClose={exporting.close}
      title={subject ? `Export ${subject.words}` : 'Export'}
      size={560}
      yOffset={24}
    >
      {subject ? <Exporting subject={subject} /> : null}
    </Dialog>
  )
}

function Exporting({ subject }: { readonly subject: ExportSubject }) {
  const isWorkspace = subject.source.kind === 'workspace'
  const [format, setFormat] = useState<ExportFormat>(isWorkspace ? 'hookstage' : 'har')
  const [withSecrets, setWithSecrets] = useState(false)
  const [passphrases, setPassphrases] = useState<readonly [string, string]>(['', ''])
  const [extras, setExtras] = useState({ webhooks: isWorkspace, samples: isWorkspace })
  const [problem, setProblem] = useState<string | null>(null)
  const [characters, setCharacters] = useState<number | null>(null)
  const [end, setEnd] = useState<ExportEnd | null>(null)
  const underWay = useRef<AbortController>(null)
  useEffect(() => () => underWay.current?.abort(), [])
  const isSealed = format === 'hookstage' && withSecrets
  const [passphrase, again] = passphrases

  const write = async () => {
    if (isSealed && passphrase === '') return setProblem('Enter a passphrase.')
    if (isSealed && passphrase !== again) return setProblem('The two passphrases are not the same.')
    const abort = new AbortController()
    underWay.current = abort
    setProblem(null)
    setCharacters(0)
    try {
      const request = {
        source: subject.source,
        format,
        withSecrets,
        passphrase: isSealed ? passphrase : null,
        ...extras,
      }
      const file = await readExport(request, setCharacters, abort.signal)
      saveFile(file.blob, file.end.fileName)
      setEnd(file.end)
    } catch (error) {
      if (!abort.signal.aborted) setProblem(faultText(error))
    } finally {
      setCharacters(null)
    }
  }
  if (end) return <Done end={end} />
  return (
    <div className={classes.exporting}>
      {isWorkspace ? null : (
        <Radio.Group
          label="As"
          value={format}
          onChange={(value) =>
            setFormat(FORMATS.find((each) => each.value === value)?.value ?? 'har')
          }
        >
          <div className={classes.formats}>
            {FORMATS.map(({ value, label, description, ...words }) => (
              <Radio
                key={value}
                value={value}
                label={label}
                description={withSecrets ? (words.withSecrets ?? description) : description}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      {format === 'hookstage' ? (
        <fieldset className={classes.extras}>
          <legend>{isWorkspace ? 'What goes into the file' : 'Put into the file, too'}</legend>
          <Checkbox
            size="xs"
            label="All webhooks"
            checked={extras.webhooks}
            onChange={({ currentTarget }) =>
              setExtras({ ...extras, webhooks: currentTarget.checked })
            }
          />
          <Checkbox
            size="xs"
            label="All samples"
            checked={extras.samples}
            onChange={({ currentTarget }) =>
              setExtras({ ...extras, samples: currentTarget.checked })
            }
          />
        </fieldset>
      ) : null}
      <Checkbox
        label="With secrets"
        description={secretsInWords(format, withSecrets)}
        checked={withSecrets}
        onChange={({ currentTarget }) => setWithSecrets(currentTarget.checked)}
      />
      {isSealed ? (
        <div className={classes.passphrases}>
          <PasswordInput
            label="Passphrase"
            autoComplete="new-password"
            value={passphrase}
            onChange={({ currentTarget }) => setPassphrases([currentTarget.value, again])}
          />
          <PasswordInput
            label="Passphrase, again"
            autoComplete="new-password"
            value={again}
            onChange={({ currentTarget }) => setPassphrases([passphrase, currentTarget.value])}
          />
        </div>
      ) : null}
      {problem === null ? null : <ErrorNote message={problem} />}
      <div className={classes.foot}>
        {characters === null ? null : (
          <span className={classes.quiet} role="status">
            Writing… {formatBytes(characters)}
          </span>
        )}
        <Button
          variant="default"
          onClick={() => (characters === null ? exporting.close() : underWay.current?.abort())}
        >
          Cancel
        </Button>
        <Button disabled={characters !== null} onClick={() => void write()}>
          Export
        </Button>
      </div>
    </div>
  )
}

function secretsInWords(format: ExportFormat, withSecrets: boolean): string {
  if (!withSecrets) {
    return 'Off: Authorization, cookies, keys, tokens and all that Hookstage keeps as secret are masked, in URLs, headers, forms and JSON alike.'
  }
  return format === 'hookstage'
    ? 'The whole file is sealed with a passphrase. Without it nobody can read anything in it.'
    : 'The file will hold every password and token as plain text. Keep it to yourself.'
}

function Done({ end }: { readonly end: ExportEnd }) {
  return (
    <div className={classes.exporting}>
      <p className={classes.sentence} role="status">
        {exportedInWords(end)}
      </p>
      <ul className={classes.leftOut}>
        {end.masked > 0 ? <li>In {end.masked} of them something secret was masked.</li> : null}
        {end.leftOut.map(({ count, why }) => (
          <li key={why}>
            {count} left out: {count === 1 ? 'it' : 'each'} {why}.
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <Button data-autofocus onClick={exporting.close}>
          Close
        </Button>
      </div>
    </div>
  )
}
