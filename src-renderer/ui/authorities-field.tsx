/** Certificates of authorities of one's own, as PEM: typed, pasted or from a file, and what they are. */
import { Button, Code, FileButton, Textarea, type TextareaProps } from '@mantine/core'
import { useAsked } from '../state/asked.ts'
import { readAuthorities } from '../state/settings.ts'
import classes from './network-fields.module.css'

const ASK_AFTER_MS = 300

interface AuthoritiesFieldProps
  extends Pick<TextareaProps, 'error' | 'description' | 'onBlur' | 'label'> {
  readonly extraCa: string
  readonly onChange: (extraCa: string) => void
}

export function AuthoritiesField({ extraCa, onChange, ...props }: AuthoritiesFieldProps) {
  const addFile = async (file: File | null) => {
    if (!file) return
    const text = await file.text()
    onChange([extraCa.trim(), text.trim()].filter(Boolean).join('\n'))
  }
  return (
    <div className={classes.fields}>
      <Textarea
        {...props}
        aria-label="Own authorities, PEM"
        className={classes.wide}
        classNames={{ input: classes.wire }}
        placeholder="-----BEGIN CERTIFICATE-----"
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        value={extraCa}
        onChange={({ currentTarget: { value } }) => onChange(value)}
      />
      <FileButton accept=".pem,.crt,.cer" onChange={(file) => void addFile(file)}>
        {(button) => (
          <Button {...button} size="xs" variant="default">
            Add from a file
          </Button>
        )}
      </FileButton>
      <Authorities extraCa={extraCa} />
    </div>
  )
}

/** As the core reads them. */
function Authorities({ extraCa }: { readonly extraCa: string }) {
  const { value } = useAsked(extraCa, askAuthorities, ASK_AFTER_MS)
  if (!value || extraCa === '') return null
  return value.map(({ subject, validToMs, expired }) => (
    <p key={`${subject} ${validToMs}`} className={classes.authority}>
      <Code>{subject}</Code> {expired ? 'expired on' : 'valid until'}{' '}
      {new Date(validToMs).toLocaleDateString('en-GB')}
    </p>
  ))
}

async function askAuthorities(extraCa: string, signal: AbortSignal) {
  return extraCa === '' ? [] : readAuthorities(extraCa, signal)
}
