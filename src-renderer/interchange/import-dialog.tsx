/**
 * Importing: a text or a file on the one side, on the other what was found in it, with all that
 * could not be kept, before anything is.
 */
import { Button, FileButton, PasswordInput } from '@mantine/core'
import { IconFile, IconFileImport } from '@tabler/icons-react'
import { type FormEvent, useMemo, useState } from 'react'
import { IMPORT_KIND_LABELS, type ImportPreview } from '#contract'
import {
  type Given,
  givenOf,
  type ImportedFile,
  importDialog,
  useImportDialog,
} from '../state/import-dialog.ts'
import { useRecognised } from '../state/importing.ts'
import { formatBytes } from '../ui/bytes.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorNote } from '../ui/error-note.tsx'
import { EXACT_LINES, WireEditor } from '../ui/wire-editor.tsx'
import { ImportChoice } from './import-choice.tsx'
import classes from './interchange.module.css'

export function ImportDialog() {
  const isOpen = useImportDialog((state) => state.isOpen)
  return (
    <Dialog
      opened={isOpen}
      isForm
      onClose={importDialog.close}
      title="Import"
      size={1080}
      yOffset={24}
      classNames={{ body: classes.modal }}
    >
      {isOpen ? <Importing /> : null}
    </Dialog>
  )
}

function Importing() {
  const { text, file, problem, version } = useImportDialog()
  const given = useMemo(() => givenOf({ file, text, version }), [file, text, version])
  return (
    <div className={classes.importing}>
      <div className={classes.given}>
        {problem === null ? null : <ErrorNote message={problem} />}
        {file ? <ChosenFile file={file} /> : <PastedText text={text} />}
        <FileButton onChange={(chosen) => chosen && void importDialog.openFile(chosen)}>
          {(props) => (
            <Button
              {...props}
              className={classes.choose}
              variant="default"
              size="xs"
              leftSection={<IconFile size={14} aria-hidden />}
            >
              {file ? 'Choose another file…' : 'Choose a file…'}
            </Button>
          )}
        </FileButton>
      </div>
      {given === null ? (
        <div className={classes.found}>
          <p className={classes.quiet}>What is recognised appears here before anything is kept.</p>
        </div>
      ) : (
        <Found given={given} />
      )}
    </div>
  )
}

function PastedText({ text }: { readonly text: string }) {
  return (
    <>
      <p className={classes.label} aria-hidden>
        Text
      </p>
      <div className={classes.editor}>
        <WireEditor
          label="Text to import"
          language="text"
          text={text}
          onChange={importDialog.type}
          extensions={EXACT_LINES}
        />
      </div>
      <p className={classes.quiet}>
        cURL commands, a HAR file, raw HTTP requests, JSON events, or a Hookstage file. Files can be
        dropped anywhere in this window.
      </p>
    </>
  )
}

function ChosenFile({ file }: { readonly file: ImportedFile }) {
  return (
    <div className={classes.file}>
      <IconFileImport size={20} aria-hidden />
      <span className={classes.fileName}>{file.name}</span>
      <span className={classes.quiet}>{formatBytes(file.bytes)}</span>
      <Button size="compact-xs" variant="default" onClick={importDialog.dropFile}>
        Paste a text instead
      </Button>
    </div>
  )
}

/** What was found. A passphrase is for what it was typed for, and for nothing that comes after. */
function Found({ given }: { readonly given: Given }) {
  const { version } = given
  const [typed, setTyped] = useState<{ version: number; passphrase: string } | null>(null)
  const passphrase = typed?.version === version ? typed.passphrase : null
  const { value, of, fault, isStale, isBusy } = useRecognised({ version, passphrase })
  const isSealed = value?.needsPassphrase ?? false
  return (
    <div className={classes.found} aria-busy={isBusy}>
      {isSealed && of?.version === version ? (
        <Passphrase
          key={version}
          problem={isBusy ? null : (fault?.message ?? null)}
          onOpen={(entered) => setTyped({ version, passphrase: entered })}
        />
      ) : fault !== null && !(isSealed && isBusy) ? (
        <ErrorNote message={fault.message} />
      ) : value === null || isSealed ? (
        <p className={classes.quiet}>Reading…</p>
      ) : (
        <ImportChoice
          key={keyOf(value)}
          given={given}
          preview={value}
          isStale={isStale}
          passphrase={passphrase}
        />
      )}
    </div>
  )
}

/** What is chosen begins anew when something else is found. */
function keyOf({ from, items }: ImportPreview): string {
  return `${IMPORT_KIND_LABELS[from]} ${items.map(({ kind, title }) => `${kind} ${title}`).join('\n')}`
}

interface PassphraseProps {
  readonly problem: string | null
  readonly onOpen: (passphrase: string) => void
}

function Passphrase({ problem, onOpen }: PassphraseProps) {
  const [typed, setTyped] = useState('')
  const open = (form: FormEvent) => {
    form.preventDefault()
    if (typed !== '') onOpen(typed)
  }
  return (
    <form className={classes.passphrase} onSubmit={open}>
      <p className={classes.sentence}>This Hookstage file holds secrets and is sealed.</p>
      <PasswordInput
        label="Passphrase"
        autoComplete="off"
        data-autofocus
        value={typed}
        error={problem}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Button type="submit" className={classes.choose}>
        Open
      </Button>
    </form>
  )
}
