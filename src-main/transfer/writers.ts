/** The three kinds of files that an export is written as, each bit by bit. */
import { type ExportFormat, NO_MARKS } from '#contract'
import { toCurl } from '../interchange/curl.ts'
import { type FileRequest, fileStart, sealedFile } from '../interchange/hookstage-file.ts'
import { sealText } from '../interchange/sealed-content.ts'
import { harEnd, harEntry, harStart } from '../interchange/to-har.ts'
import type { Exported } from './exported.ts'

export interface FileWriter {
  /** All lists of a kind together: first webhooks, then samples. */
  add(list: 'webhooks' | 'samples', value: object): void
  addRequest(request: Exported): void
  /** Written in all, in characters. */
  bytes(): number
  /** Written and not taken yet. */
  waiting(): number
  take(): string
  /** What is still to be written. */
  end(): Promise<string>
}

interface About {
  readonly version: string
  readonly nowMs: number
  /** Seals a Hookstage file; then nothing can be taken before its end. */
  readonly passphrase: string | null
}

export function createWriter(format: ExportFormat, about: About): FileWriter {
  let text = ''
  let taken = 0
  const write = (more: string) => {
    text += more
  }
  const form = FORMS[format](write, about)
  write(form.start)
  return {
    ...form,
    bytes: () => taken + text.length,
    waiting: () => text.length,
    take: () => {
      const piece = text
      taken += piece.length
      text = ''
      return piece
    },
    end: async () => {
      write(form.finish())
      const { version, nowMs, passphrase } = about
      if (passphrase === null) return text
      return sealedFile(version, nowMs, await sealText(text, passphrase))
    },
  }
}

interface Form extends Pick<FileWriter, 'add' | 'addRequest'> {
  readonly start: string
  finish(): string
}

const FORMS: Readonly<Record<ExportFormat, (write: (text: string) => void, about: About) => Form>> =
  {
    har: (write, { version }) => {
      let isFirst = true
      return {
        start: harStart(version),
        add: () => undefined,
        addRequest: (request) => {
          const { sentAtMs: startedAtMs, marks } = request
          const entry = harEntry({ ...request, startedAtMs, marks: marks ?? NO_MARKS })
          write(`${isFirst ? '' : ','}\n${entry}`)
          isFirst = false
        },
        finish: () => harEnd,
      }
    },
    curl: (write, { nowMs }) => {
      let number = 0
      return {
        start: `#!/bin/sh\n# Written by Hookstage, ${new Date(nowMs).toISOString()}. Sends these requests again when it is run.\n`,
        add: () => undefined,
        addRequest: ({ origin, head, body, sentAtMs }) => {
          number += 1
          const { command, notes } = toCurl({ origin: origin || UNKNOWN, head, body })
          const comments = [
            `${number}, sent ${new Date(sentAtMs).toISOString()}`,
            ...(origin === '' ? ['Where it was for is not known: put the host in.'] : []),
            ...notes,
          ]
          write(`\n${comments.map((line) => `# ${line}\n`).join('')}${command}\n`)
        },
        finish: () => '',
      }
    },
    hookstage: (write, { version, nowMs, passphrase }) => {
      let list: string | null = null
      let isEmpty = passphrase !== null
      const put = (name: string, value: object) => {
        if (list === name) write(`,\n${JSON.stringify(value)}`)
        else {
          write(
            `${list === null ? '' : ']'}${isEmpty ? '' : ','}\n"${name}":[${JSON.stringify(value)}`,
          )
          isEmpty = false
          list = name
        }
      }
      return {
        start: passphrase === null ? fileStart(version, nowMs) : '{',
        add: put,
        addRequest: (request) => put('requests', fileRequestOf(request)),
        finish: () => `${list === null ? '' : ']'}}\n`,
      }
    },
  }

const UNKNOWN = 'http://host.invalid'

function fileRequestOf({
  origin,
  head,
  body,
  isChunked,
  sentAtMs,
  note,
  answer,
}: Exported): FileRequest {
  return {
    origin,
    head: base64(head),
    body: base64(body),
    isChunked,
    sentAtMs,
    note,
    answer: answer && {
      status: answer.status,
      head: base64(answer.head),
      body: base64(answer.body),
    },
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}
