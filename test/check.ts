/**
 * `npm run check`: what reads the sources (lint, types, dead code) one after the other, and beside it
 * the tests without the browser, which wait for sockets and disks much of the time. Ends with status 1
 * when any of them found something.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const READERS = ['lint', 'typecheck', 'deadcode'] as const

const [unread, tests] = await Promise.all([
  readSources(),
  ended(start('node', ['test/run.ts', 'core'], 'inherit')),
])
for (const { name, output } of unread) process.stdout.write(`\n${name} found:\n${output}`)
if (unread.length > 0)
  process.stdout.write(`\nNot right: ${unread.map(({ name }) => name).join(', ')}\n`)
process.exitCode = unread.length > 0 || tests !== 0 ? 1 : 0

interface Finding {
  readonly name: string
  readonly output: string
}

/** Says at once how each went; what they found is said once more at the end, below the tests. */
async function readSources(): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const name of READERS) {
    const child = start('npm', ['run', '--silent', name], 'pipe')
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const status = await ended(child)
    process.stdout.write(`${name}: ${status === 0 ? 'nothing found' : 'something found'}\n`)
    if (status !== 0) findings.push({ name, output })
  }
  return findings
}

function start(tool: string, args: readonly string[], output: 'inherit' | 'pipe'): ChildProcess {
  // npm is a script on Windows, which only a shell can start.
  const shell = tool === 'npm' && process.platform === 'win32'
  return spawn(tool, args, { cwd: ROOT, stdio: ['ignore', output, output], shell })
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((done, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => done(code ?? 1))
  })
}
