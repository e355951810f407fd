/** What was signed as one exact string, its parts told apart by line and colour. */
import type { SignedPart } from '#contract'
import { counted, formatBytes } from '../ui/bytes.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import classes from './signature.module.css'
import { partLabel, signedText } from './signed-text.ts'

export function SignedString({ parts }: { readonly parts: readonly SignedPart[] }) {
  const { text, isExact } = signedText(parts)
  const body = parts.find((part) => part.kind === 'body')
  return (
    <section aria-label="What was signed" className={classes.section}>
      <div className={classes.bar}>
        <h3 className={classes.heading}>What was signed</h3>
        <ul className={classes.legend} aria-label="Its parts, in order">
          {placed(parts).map(({ part, at }) => (
            <li key={at}>
              <code data-part={partLabel(part) || 'joint'}>
                {partLabel(part) || (part.text ?? '')}
              </code>
              {part.kind === 'body' ? ` ${counted(part.bytes, 'byte', 'bytes')}` : null}
            </li>
          ))}
        </ul>
        <span className={classes.spring} />
        {isExact ? <CopyButton text={text} label="Copy what was signed" /> : null}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by key */}
      <section className={classes.string} tabIndex={0} aria-label="The signed string">
        {placed(parts).map(({ part, at }) => (
          <span key={at} data-part={partLabel(part) || 'joint'} title={partLabel(part)}>
            {part.text}
          </span>
        ))}
      </section>
      {body?.kind === 'body' ? <BodyNote body={body} isExact={isExact} /> : null}
    </section>
  )
}

interface BodyNoteProps {
  readonly body: Extract<SignedPart, { kind: 'body' }>
  readonly isExact: boolean
}

function BodyNote({ body: { text, cut, bytes }, isExact }: BodyNoteProps) {
  const words =
    text === null
      ? 'The body is no text; its bytes are under Request, Hex.'
      : cut
        ? `The first 64 KB of ${formatBytes(bytes)} of body are shown; all of it was signed.`
        : isExact
          ? null
          : 'A secret in the body is masked here; the signature is over the secret itself.'
  return words === null ? null : <p className={classes.quiet}>{words}</p>
}

/** Parts may be alike: they differ by their place. */
function placed(parts: readonly SignedPart[]): readonly { part: SignedPart; at: number }[] {
  return parts.map((part, at) => ({ part, at }))
}
