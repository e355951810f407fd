/**
 * Runs the test projects and says how many tests ran in which real components. `node test/run.ts
 * core` is everything but the browser, `e2e` the browser; with both, or with `--add`, the last line
 * adds them up. Ends with status 1 when a test failed or none ran.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { electronBinary } from '../src-main/electron-binary.ts'
import { chromiumPath } from './support/ensure-chromium.ts'

interface Tally {
  readonly project: string
  readonly component: string
  readonly passed: number
  readonly failed: number
}

const ROOT = resolve(import.meta.dirname, '..')
const RESULTS = resolve(ROOT, 'test-results')
const COMPONENTS: Readonly<Record<string, string>> = {
  unit: 'pure functions, published vectors, properties',
  store: 'real SQLite files',
  integration: 'real sockets, real SQLite, real curl',
  hosts: 'memory, real WebSocket, real MessagePort, fake electron module',
  architecture: 'the sources themselves',
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { add: { type: 'boolean', default: false } },
})
mkdirSync(RESULTS, { recursive: true })
const tallies: Tally[] = values.add ? readTallies() : []
let broken = false
if (positionals.includes('core')) tallies.push(...(await runCore()))
if (positionals.includes('e2e')) tallies.push(...(await runBrowser()))
report(tallies)

async function runCore(): Promise<Tally[]> {
  const output = resolve(RESULTS, 'vitest.json')
  const status = await run('vitest', [
    'run',
    '--config',
    'test/config/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${output}`,
  ])
  const found = status === 0 || existsSync(output) ? tallyVitest(output) : []
  if (status !== 0) broken = true
  writeFileSync(resolve(RESULTS, 'core.json'), JSON.stringify(found))
  return found
}

async function runBrowser(): Promise<Tally[]> {
  const chromium = await chromiumPath()
  const electron = electronBinary()
  const built = await run('electron-vite', ['build', '--logLevel', 'warn'])
  if (built !== 0) {
    broken = true
    return []
  }
  const output = resolve(RESULTS, 'playwright.json')
  const status = await run(
    'playwright',
    ['test', '--config', 'test/config/playwright.config.ts', '--reporter=list,json'],
    {
      HOOKSTAGE_CHROMIUM: chromium,
      ...(electron ? { HOOKSTAGE_ELECTRON: electron } : {}),
      PLAYWRIGHT_JSON_OUTPUT_NAME: output,
    },
  )
  if (status !== 0) broken = true
  if (!electron) {
    process.stdout.write('The Electron host was not opened: its binary is not on this machine.\n')
  }
  return tallyPlaywright(output, chromium)
}

function tallyVitest(file: string): Tally[] {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as {
    testResults: { name: string; assertionResults: { status: string }[] }[]
  }
  const counts = new Map<string, { passed: number; failed: number }>()
  for (const { name, assertionResults } of testResults) {
    const project = relative(ROOT, name).split('/')[1] ?? '?'
    const count = counts.get(project) ?? { passed: 0, failed: 0 }
    for (const { status } of assertionResults) count[status === 'passed' ? 'passed' : 'failed']++
    counts.set(project, count)
  }
  return [...counts].map(([project, count]) => ({
    project,
    component: COMPONENTS[project] ?? '',
    ...count,
  }))
}

function tallyPlaywright(file: string, chromium: string): Tally[] {
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  }
  const failed = stats.unexpected + stats.flaky + stats.skipped
  const component = `real Chromium (${chromium}) on the built browser host`
  return [{ project: 'e2e', component, passed: stats.expected, failed }]
}

function readTallies(): Tally[] {
  return JSON.parse(readFileSync(resolve(RESULTS, 'core.json'), 'utf8')) as Tally[]
}

function report(all: readonly Tally[]): void {
  const sum = (key: 'passed' | 'failed') => all.reduce((total, tally) => total + tally[key], 0)
  process.stdout.write('\n')
  for (const { project, component, passed, failed } of all) {
    const count = `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`
    process.stdout.write(`${project.padEnd(14)}${count.padEnd(24)}${component}\n`)
  }
  const [passed, failed] = [sum('passed'), sum('failed')]
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  process.exitCode = broken || failed > 0 || passed === 0 ? 1 : 0
}

function run(tool: string, args: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((done, reject) => {
    const child = spawn(resolve(ROOT, 'node_modules/.bin', tool), args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    child.on('error', reject)
    child.on('exit', (code) => done(code ?? 1))
  })
}
