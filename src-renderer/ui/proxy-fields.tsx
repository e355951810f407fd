/** A proxy: where it is, and what it asks for. */
import { TextInput, type TextInputProps } from '@mantine/core'
import type { SecretText } from '#contract'
import classes from './network-fields.module.css'
import { SecretInput } from './secret-input.tsx'

type Notes = Pick<TextInputProps, 'error' | 'description' | 'onBlur'>

interface ProxyFieldsProps {
  readonly proxyUrl: string
  readonly credentials: SecretText
  readonly onUrl: (proxyUrl: string) => void
  readonly onCredentials: (credentials: SecretText) => void
  /** What stands against them, as properties of the inputs. */
  readonly urlNotes?: Notes
  readonly credentialsNotes?: Notes
}

export function ProxyFields(props: ProxyFieldsProps) {
  return (
    <div className={classes.fields}>
      <TextInput
        {...props.urlNotes}
        aria-label="Proxy"
        className={classes.wide}
        placeholder="http://proxy.example.com:3128"
        autoComplete="off"
        value={props.proxyUrl}
        onChange={({ currentTarget: { value } }) => props.onUrl(value)}
      />
      <SecretInput
        {...props.credentialsNotes}
        label="User and password"
        className={classes.wide}
        placeholder="user:password"
        typedKind="secret"
        value={props.credentials}
        onValue={props.onCredentials}
      />
    </div>
  )
}
