/** How an item of a run stands against its original, and its answer: an icon, a word and a colour. */
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
import type { ComponentType } from 'react'
import type { BulkAnswer, BulkItemState } from '#contract'
import classes from './bulk.module.css'
import { ANSWER_MEANINGS, ANSWER_WORDS, VERDICT_MEANINGS, VERDICT_WORDS } from './bulk-words.ts'

const ICONS: Readonly<
  Record<BulkItemState, ComponentType<{ size: number; stroke: number; 'aria-hidden': true }>>
> = {
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

export function VerdictMark({ state }: { readonly state: BulkItemState }) {
  const Icon = ICONS[state]
  return (
    <span className={classes.verdict} data-verdict={state} title={VERDICT_MEANINGS[state]}>
      <Icon size={16} stroke={2} aria-hidden />
      <span className={classes.verdictWord}>{VERDICT_WORDS[state]}</span>
    </span>
  )
}

const ANSWER_ICONS = { same: IconEqual, differs: IconEqualNot, nothing: IconMinus } as const

/** Nothing while it is not known, and where nothing was sent: the verdict says that. */
export function AnswerMark({ answer }: { readonly answer: BulkAnswer | null }) {
  if (answer === null) return <span className={classes.verdict} />
  const Icon = ANSWER_ICONS[answer]
  return (
    <span className={classes.verdict} data-answer={answer} title={ANSWER_MEANINGS[answer]}>
      <Icon size={16} stroke={2} aria-hidden />
      <span className={classes.verdictWord}>{ANSWER_WORDS[answer]}</span>
    </span>
  )
}
