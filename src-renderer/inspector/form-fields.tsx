/** The decoded fields of a form body, in order; a field that holds JSON opens as a tree. */
import { Text } from '@mantine/core'
import type { FormField } from '#contract'
import { JsonTree } from './json-tree.tsx'
import classes from './message.module.css'

/** Fields shown; a body with more is better read raw. */
const MOST_FIELDS = 1_000
/** Of one value. */
const MOST_CHARACTERS = 100_000

export function FormFields({ fields }: { readonly fields: readonly FormField[] }) {
  if (fields.length === 0) return <Text c="dimmed">The form has no fields.</Text>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and plain fields take no focus
    <section className={classes.scroll} aria-label="Form fields" tabIndex={0}>
      <dl className={classes.fields}>
        {numbered(fields.slice(0, MOST_FIELDS)).map(({ field, at }) => (
          <div key={at} className={classes.field}>
            <dt className={classes.fieldName}>{field.name || '(no name)'}</dt>
            <dd className={classes.fieldValue}>
              {field.json === null ? (
                <PlainValue value={field.value} />
              ) : (
                <JsonTree text={field.json} label={`JSON in ${field.name}`} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {fields.length > MOST_FIELDS ? (
        <Text c="dimmed">The first {MOST_FIELDS} fields are shown; Raw has them all.</Text>
      ) : null}
    </section>
  )
}

function PlainValue({ value }: { readonly value: string }) {
  if (value === '') return <span className={classes.empty}>(empty)</span>
  if (value.length <= MOST_CHARACTERS) return value
  return (
    <>
      {value.slice(0, MOST_CHARACTERS)}
      <span className={classes.empty}> … the rest is in Raw</span>
    </>
  )
}

/** Fields of one name differ by their place alone. */
function numbered(fields: readonly FormField[]): readonly { field: FormField; at: number }[] {
  return fields.map((field, at) => ({ field, at }))
}
