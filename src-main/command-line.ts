/** The flags that both hosts take. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataDir } from './config.ts'

export interface Flags {
  /** Serve to a browser even where Electron is. */
  readonly browser: boolean
  /** Null: the last one, or any. */
  readonly port: number | null
  readonly dataDir: string
  /** Open the page in a browser. */
  readonly open: boolean
  readonly help: boolean
  readonly version: boolean
}

/** The Electron host's exit status when it has told the user itself why it ends. */
export const ALREADY_EXPLAINED = 10

export const USAGE = `Usage: npm start -- [options]

  --browser          serve Hookstage to your browser instead of opening a window
  --port NUMBER      the port to serve on (default: the last one, or any that is free)
  --data-dir FOLDER  where webhooks and deliveries are kept
  --no-open          do not open a browser; only print the link
  --version          print the version
  --help             print this`

/** Those of our own; Chromium's switches come in the same list. */
export function ownFlags(args: readonly string[]): string[] {
  const ours = /^--(browser|port|data-dir|no-open|help|version)(=|$)/
  const takesNext = /^--(port|data-dir)$/
  return args.filter((arg, index) => ours.test(arg) || takesNext.test(args[index - 1] ?? ''))
}

/** @returns the flags, or what is wrong with them in words */
export function parseFlags(args: readonly string[]): Flags | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        browser: { type: 'boolean', default: false },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        version: { type: 'boolean', default: false },
      },
    })
    const { port } = values
    if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
      return { problem: `“${port}” is not a port. Give a number from 0 to 65535.` }
    }
    if (values['data-dir'] === '') return { problem: '--data-dir needs the name of a folder.' }
    return {
      browser: values.browser,
      port: port === undefined ? null : Number(port),
      dataDir: values['data-dir'] ? resolve(values['data-dir']) : defaultDataDir(),
      open: !values['no-open'],
      help: values.help,
      version: values.version,
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message.split('. ')[0] : String(error)
    return { problem: `${detail}.` }
  }
}
