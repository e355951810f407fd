/** How an item of a run stands against its original, and its answer. */
import {
  IconBan,
  IconBolt,
  IconCircleCheck,
  IconCircleDotted,
  IconCircleX,
  IconEqual,
  IconEqualNot,
  IconLoader2,
  IconMinus,
  IconQuestionMark,
} from '@tabler/icons-react'
import type { BulkAnswer, BulkItemState, DeliveryStatus } from '#contract'
import { Mark, type MarkIcon } from '../ui/mark.tsx'
import { ANSWER_MEANINGS, ANSWER_WORDS, VERDICT_MEANINGS, VERDICT_WORDS } from './bulk-words.ts'

const ICONS: Readonly<Record<BulkItemState, MarkIcon>> = {
  pending: IconCircleDotted,
  made: IconLoader2,
  same: IconEqual,
  fixed: IconCircleCheck,
  broken: IconCircleX,
  different: IconEqualNot,
  unknown: IconQuestionMark,
  interrupted: IconBolt,
  cancelled: IconBan,
  excluded: IconMinus,
}

const TONES: Readonly<Partial<Record<BulkItemState, DeliveryStatus>>> = {
  made: 'sending',
  fixed: 'delivered',
  broken: 'failed',
  different: 'refused',
  interrupted: 'interrupted',
}

export function VerdictMark({ state }: { readonly state: BulkItemState }) {
  return (
    <Mark
      icon={ICONS[state]}
      tone={TONES[state]}
      word={VERDICT_WORDS[state]}
      hint={VERDICT_MEANINGS[state]}
    />
  )
}

const ANSWER_ICONS = { same: IconEqual, differs: IconEqualNot, nothing: IconMinus } as const

/** Nothing while it is not known, and where nothing was sent: the verdict says that. */
export function AnswerMark({ answer }: { readonly answer: BulkAnswer | null }) {
  if (answer === null) return <span />
  return (
    <Mark
      icon={ANSWER_ICONS[answer]}
      tone={answer === 'differs' ? 'refused' : undefined}
      word={ANSWER_WORDS[answer]}
      hint={ANSWER_MEANINGS[answer]}
    />
  )
}
