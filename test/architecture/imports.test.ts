/** Who may import whom. Each rule names the allowed way in its message. */
import { describe, expect, it } from 'vitest'
import { importsOf, read, sourceFiles } from './sources.ts'

interface Rule {
  readonly from: RegExp
  readonly except?: RegExp
  /** What it must not import. */
  readonly never: RegExp
  readonly instead: string
}

const NODE = 'node:|electron$'
const SCREENS = 'webhooks|simulator|deliveries|captures|settings'
const CORE = '^src-main/'
const PURE = `${CORE}(matching|encode|signing|destinations|interchange|catalogue|compare)/`
const SERVICES = `${CORE}(authoring|simulate|inspect|workspace|make-event|replay|transfer|bulk)/`

const RULES: readonly Rule[] = [
  {
    from: /^src-preload\/contract\//,
    never: /^(?!zod$|@orpc\/contract$|src-preload\/contract\/)/,
    instead: 'the contract knows zod, @orpc/contract and itself only',
  },
  {
    from: /^src-preload\/index\.ts$/,
    never: /^(?!electron$)/,
    instead: 'the preload is one file that needs nothing but electron',
  },
  {
    from: /^src-renderer\//,
    never: new RegExp(`^(${NODE}|src-main/|better-sqlite3|undici|ws$)`),
    instead: 'the renderer asks the core through state/core.ts',
  },
  {
    from: new RegExp(`^src-renderer/(${SCREENS}|inspector|message|ui)/`),
    never: /^src-renderer\/bridge\//,
    instead: 'screens use state; only main.tsx knows the bridge',
  },
  {
    from: /^src-renderer\/message\//,
    never: new RegExp(`^src-renderer/(${SCREENS}|inspector|frame|replay|make-event)/`),
    instead: 'a message is drawn from its text alone; screens and the inspector use it',
  },
  {
    from: /^src-renderer\//,
    except: /^src-renderer\/message\/adaptive-card\.ts$/,
    never: /^adaptivecards$/,
    instead: 'message/adaptive-card.ts draws cards, after message/teams-card.ts made them harmless',
  },
  {
    from: /^src-/,
    except: /^src-preload\/contract\//,
    never: /^src-preload\/contract\/(?!index\.ts$)/,
    instead: 'the contract is imported as #contract',
  },
  {
    from: new RegExp(PURE),
    never: new RegExp(
      `^node:(?!crypto|zlib|buffer)|${CORE}(store|dispatch|receivers|rpc|hosts|authoring|simulate|inspect|workspace|runtime|services|event-hub)`,
    ),
    instead: 'pure folders take values; whoever calls them does the I/O',
  },
  {
    from: new RegExp(CORE),
    except: /^src-main\/store\/database\.ts$/,
    never: /^better-sqlite3$/,
    instead: 'store/database.ts opens the database',
  },
  {
    from: new RegExp(CORE),
    except: /^src-main\/dispatch\/(lane|way)\.ts$/,
    never: /^undici$/,
    instead: 'dispatch/lane.ts puts bytes on the wire, dispatch/way.ts opens the connection',
  },
  {
    from: new RegExp(CORE),
    except: /^src-main\/destinations\/template\/liquid\.ts$/,
    never: /^liquidjs/,
    instead: 'destinations/template/liquid.ts locks templates down',
  },
  {
    from: new RegExp(`${CORE}store/`),
    never: new RegExp(`${CORE}(?!store/|errors|runtime)`),
    instead: 'the store knows the contract, errors and runtime only',
  },
  {
    from: new RegExp(`${CORE}(dispatch|receivers)/`),
    never: new RegExp(`${CORE}(rpc|hosts|authoring|simulate|inspect|workspace|services)|electron$`),
    instead: 'they are told what to do by services.ts',
  },
  {
    from: new RegExp(`${CORE}dispatch/`),
    never: new RegExp(`${CORE}receivers/`),
    instead: 'each other’s insides are their own',
  },
  {
    from: new RegExp(`${CORE}receivers/`),
    never: new RegExp(`${CORE}dispatch/`),
    instead: 'each other’s insides are their own',
  },
  {
    from: new RegExp(SERVICES),
    never: new RegExp(
      `${CORE}(rpc|hosts|services)|${CORE}(dispatch|receivers|encode|matching|signing|destinations|catalogue|store)/(?!index\\.ts$|webhooks\\.ts$|secrets\\.ts$|secret-sealer\\.ts$|history-records\\.ts$)|^electron$`,
    ),
    instead: 'services use other folders by their doors, and nothing above them',
  },
  {
    from: new RegExp(`${CORE}rpc/`),
    never: new RegExp(`${CORE}(hosts|store|dispatch|receivers|encode)/|^electron$`),
    instead: 'handlers call services and map nothing but errors',
  },
  {
    from: new RegExp(`${CORE}hosts/`),
    never: new RegExp(
      `${CORE}(dispatch|receivers|authoring|simulate|inspect|encode|store/(?!secret-sealer))`,
    ),
    instead: 'hosts carry the router; they do not know what is behind it',
  },
  {
    from: new RegExp(CORE),
    except: /^src-main\/(electron\.ts|hosts\/(electron-[\w-]+|app-protocol)\.ts)$/,
    never: /^electron$/,
    instead: 'only the Electron host knows electron',
  },
]

function violations(file: string, text: string): string[] {
  const imports = importsOf(file, text)
  const broken = RULES.filter(({ from, except }) => from.test(file) && !except?.test(file)).flatMap(
    ({ never, instead }) =>
      imports
        .filter((name) => never.test(name))
        .map((name) => `${file} imports ${name}: ${instead}`),
  )
  const screen = new RegExp(`^src-renderer/(${SCREENS})/`)
  const own = screen.exec(file)?.[1]
  const foreign = own
    ? imports.filter((name) => screen.test(name) && screen.exec(name)?.[1] !== own)
    : []
  return [
    ...broken,
    ...foreign.map(
      (name) => `${file} imports ${name}: screens do not know each other; app.tsx joins them`,
    ),
  ]
}

describe('imports', () => {
  it('go only where they may', () => {
    const files = sourceFiles().filter((file) => /^src-.*\.tsx?$/.test(file))
    expect(files.length).toBeGreaterThan(150)
    expect(files.flatMap((file) => violations(file, read(file)))).toEqual([])
  })

  it('leave Mantine’s Modal to ui/dialog.tsx, which knows whom Escape is for', () => {
    const takesModal = /import \{[^}]*\bModal\b[^}]*\} from '@mantine\/core'/
    const files = sourceFiles().filter((file) => /^src-renderer\/.*\.tsx$/.test(file))
    expect(files.filter((file) => takesModal.test(read(file)))).toEqual([
      'src-renderer/ui/dialog.tsx',
    ])
  })

  it.each([
    ['src-preload/contract/x.ts', "import { readFileSync } from 'node:fs'"],
    ['src-renderer/webhooks/x.tsx', "import { connectBridge } from '../bridge/index.ts'"],
    ['src-renderer/webhooks/x.tsx', "import {\n  Board,\n} from '../simulator/board.tsx'"],
    ['src-renderer/message/x.tsx', "import { Board } from '../simulator/board.tsx'"],
    ['src-renderer/message/x.tsx', "import { AdaptiveCard } from 'adaptivecards'"],
    ['src-renderer/ui/x.ts', "import { buildRequest } from '../../src-main/encode/index.ts'"],
    ['src-main/encode/x.ts', "import { openStore } from '../store/index.ts'"],
    ['src-main/encode/x.ts', "const fs = await import('node:fs')"],
    ['src-main/matching/x.ts', "export { x } from '../runtime.ts'"],
    ['src-main/receivers/x.ts', "import { Pool } from 'undici'"],
    ['src-main/store/x.ts', "import Database from 'better-sqlite3'"],
    ['src-main/destinations/x.ts', "import { Liquid } from 'liquidjs'"],
    ['src-main/rpc/x.ts', "import type { Store } from '../store/index.ts'"],
    ['src-main/serve.ts', "import { app } from 'electron'"],
    ['src-main/authoring/x.ts', "import { readHead } from '../encode/head.ts'"],
  ])('in %s are caught when they do not: %s', (file, text) => {
    expect(violations(file, text).length).toBeGreaterThan(0)
  })
})
