/** The calls that bring things in and take them out. */
import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { commonErrors } from './errors.ts'
import {
  exportPieceSchema,
  exportRequestSchema,
  importedSchema,
  importPreviewSchema,
  importQuestionSchema,
  importRequestSchema,
} from './interchange.ts'

const call = oc.errors(commonErrors)

export const importCalls = {
  /** What is in a text or a file; keeps nothing. Answers `invalid` when it is none of those known. */
  recognise: call.input(importQuestionSchema).output(importPreviewSchema),
  /** Keeps what was chosen of it. */
  save: call.input(importRequestSchema).output(importedSchema),
  /** How many imported requests there are among the captures. */
  count: call.output(z.object({ requests: z.number().int() })),
}

export const exportCalls = {
  /** A file in pieces; the last one says what is in it. */
  write: call.input(exportRequestSchema).output(eventIterator(exportPieceSchema)),
}
