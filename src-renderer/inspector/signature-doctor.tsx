/**
 * The signature doctor: a recorded or pasted request, the scheme it claims and a secret on the one
 * side, the diagnosis on the other; it follows every change.
 */

import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { emptySigning, type OwnSigning, type SecretText, type SigningScheme } from '#contract'
import {
  ANY_SECRET,
  doctor,
  knownSecrets,
  type Patient,
  questionOf,
  useDiagnosis,
  useDoctor,
} from '../state/signature-doctor.ts'
import { useWebhooks } from '../state/webhooks.ts'
import { Dialog } from '../ui/dialog.tsx'
import { OwnSchemeFields, SchemeSelect } from '../ui/scheme-choice.tsx'
import { SecretInput } from '../ui/secret-input.tsx'
import { schemeCarried } from '../ui/signing-words.ts'
import { EXACT_LINES, WireEditor } from '../ui/wire-editor.tsx'
import { DiagnosisView } from './diagnosis-view.tsx'
import classes from './signature-doctor.module.css'

export function SignatureDoctor() {
  const patient = useDoctor((state) => state.patient)
  return (
    <Dialog
      opened={patient !== null}
      onClose={doctor.close}
      title="Check a signature"
      size={1080}
      yOffset={24}
      classNames={{ body: classes.modal }}
    >
      {patient ? <Consulting patient={patient} /> : null}
    </Dialog>
  )
}

/** Any of the workspace's secrets, one that is typed, or the key of a known one. */
type SecretChoice = string
const ANY: SecretChoice = 'any'
const TYPED: SecretChoice = 'typed'

function Consulting({ patient }: { readonly patient: Patient }) {
  const [isRecorded, setRecorded] = useState(patient.recorded !== null)
  const [text, setText] = useState(patient.text)
  const [chosen, setChosen] = useState<SigningScheme | null>(patient.scheme)
  const [own, setOwn] = useState<OwnSigning | null>(null)
  const [choice, setChoice] = useState<SecretChoice>(ANY)
  const [typed, setTyped] = useState<SecretText>(ANY_SECRET)
  const known = knownSecrets(useWebhooks((state) => state.webhooks))
  const recorded = isRecorded ? patient.recorded : null
  const scheme = chosen ?? (recorded ? null : schemeCarried(text)) ?? 'standard'
  const mustHaveSecret = choice === TYPED || (choice === ANY && known.length === 0)
  const secret = mustHaveSecret ? typed : secretOf(choice, known)
  const question = questionOf({ recorded, text, scheme, own, secret, mustHaveSecret })
  const asked = useDiagnosis(question)
  const type = (next: string) => {
    setText(next)
    doctor.keep(next)
  }
  return (
    <div className={classes.consulting}>
      <div className={classes.given}>
        <SourceChoice patient={patient} isRecorded={isRecorded} onRecorded={setRecorded} />
        {recorded ? null : (
          <PastedText
            text={text}
            note={patient.text === text ? patient.note : null}
            onText={type}
          />
        )}
        <SchemeSelect
          scheme={scheme}
          withNone={false}
          onChange={(next) => next !== 'none' && setChosen(next)}
        />
        {scheme === 'own' ? (
          <OwnParts own={own} isRecorded={recorded !== null} onOwn={setOwn} />
        ) : null}
        <SecretChoiceField
          choice={mustHaveSecret ? TYPED : choice}
          known={known}
          typed={typed}
          onChoice={setChoice}
          onTyped={setTyped}
        />
      </div>
      <DiagnosisView
        asked={asked}
        missing={question === null ? missingWords(recorded !== null || text.trim() !== '') : null}
      />
    </div>
  )
}

function missingWords(hasRequest: boolean): string {
  return hasRequest
    ? 'Enter the secret that the receiver has.'
    : 'Paste a request, with its headers, an empty line, and its body.'
}

function secretOf(choice: SecretChoice, known: ReturnType<typeof knownSecrets>): SecretText {
  return known.find(({ key }) => key === choice)?.secret ?? ANY_SECRET
}

interface SourceChoiceProps {
  readonly patient: Patient
  readonly isRecorded: boolean
  readonly onRecorded: (isRecorded: boolean) => void
}

function SourceChoice({ patient: { recorded }, isRecorded, onRecorded }: SourceChoiceProps) {
  if (!recorded) return null
  return (
    <div className={classes.source}>
      <SegmentedControl
        size="xs"
        aria-label="The request"
        value={isRecorded ? 'recorded' : 'pasted'}
        data={[
          { value: 'recorded', label: 'As it was recorded' },
          { value: 'pasted', label: 'Pasted' },
        ]}
        onChange={(value) => onRecorded(value === 'recorded')}
      />
      {isRecorded ? <p className={classes.quiet}>What was sent by {recorded.name}.</p> : null}
    </div>
  )
}

interface PastedTextProps {
  readonly text: string
  readonly note: string | null
  readonly onText: (text: string) => void
}

function PastedText({ text, note, onText }: PastedTextProps) {
  return (
    <div className={classes.pasted}>
      <p className={classes.label} aria-hidden>
        Request
      </p>
      <div className={classes.editor}>
        <WireEditor
          label="Request, pasted"
          language="text"
          text={text}
          onChange={onText}
          extensions={EXACT_LINES}
        />
      </div>
      <p className={classes.quiet}>
        {note ?? 'As it arrived: headers, an empty line, the body. A first line may stand above.'}
      </p>
    </div>
  )
}

interface OwnPartsProps {
  readonly own: OwnSigning | null
  readonly isRecorded: boolean
  readonly onOwn: (own: OwnSigning) => void
}

function OwnParts({ own, isRecorded, onOwn }: OwnPartsProps) {
  if (own === null && isRecorded) {
    return (
      <div className={classes.source}>
        <p className={classes.quiet}>Its parts are those that the webhook had when it sent this.</p>
        <Button variant="default" size="compact-sm" onClick={() => onOwn(emptySigning().own)}>
          Choose other parts
        </Button>
      </div>
    )
  }
  return <OwnSchemeFields own={own ?? emptySigning().own} onChange={onOwn} />
}

interface SecretChoiceFieldProps {
  readonly choice: SecretChoice
  readonly known: ReturnType<typeof knownSecrets>
  readonly typed: SecretText
  readonly onChoice: (choice: SecretChoice) => void
  readonly onTyped: (secret: SecretText) => void
}

function SecretChoiceField(props: SecretChoiceFieldProps) {
  const { choice, known, typed, onChoice, onTyped } = props
  return (
    <>
      {known.length > 0 ? (
        <NativeSelect
          label="Secret"
          data={[
            { value: ANY, label: 'Any that this workspace signs with' },
            ...known.map(({ key, label }) => ({ value: key, label })),
            { value: TYPED, label: 'Another one…' },
          ]}
          value={choice}
          onChange={({ currentTarget: { value } }) => onChoice(value)}
        />
      ) : null}
      {choice === TYPED ? (
        <SecretInput
          label="The receiver’s secret"
          value={typed}
          typedKind="secret"
          onValue={onTyped}
        />
      ) : null}
    </>
  )
}
