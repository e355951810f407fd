/**
 * Columns that hold one of a few words, of which a page or a bulk run reads thousands: whether a text is
 * one of them is looked up, a tenth of what parsing it takes.
 */
import type { z } from 'zod'

/** @returns reads a text as one of the schema's words; throws as the schema does when it is none */
export function oneOf<Words extends Record<string, string>>(
  schema: z.ZodEnum<Words>,
): (text: string) => Words[keyof Words] {
  const words = new Set<string>(schema.options)
  const isWord = (text: string): text is Words[keyof Words] => words.has(text)
  return (text) => (isWord(text) ? text : schema.parse(text))
}
