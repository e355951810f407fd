/** The launcher with a display and a stand-in for Electron's binary: a shell script that says how it was run. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ALREADY_EXPLAINED, ownFlags } from '../../src-main/command-line.ts'
import { V8_FLAGS } from '../../src-main/v8-flags.ts'
import { tempFolder } from '../support/temp-folder.ts'

const ROOT = resolve(import.meta.dirname, '../..')

function launchWith(script: string, ...args: string[]) {
  const folder = tempFolder()
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, 'electron'), 0o755)
  const child = spawn(process.execPath, [join(ROOT, 'src-main/launch.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, DISPLAY: ':77', ELECTRON_OVERRIDE_DIST_PATH: folder },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exited = once(child, 'close').then(([status]) => status as number | null)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })
  return { child, exited, output: () => output }
}

/** A flag that the browser host refuses to start with shows that it was asked, and ends it at once. */
const TAKEN_FOLDER = ['--data-dir', '/dev/null/x']

describe('with Electron', () => {
  it('gives it the entry and the flags, and answers with its status', async () => {
    const { exited, output } = launchWith('echo "$@"; exit 0', '--data-dir', '/somewhere')
    expect(await exited).toBe(0)
    expect(output()).toMatch(/^--js-flags=[^/]+ \S+electron\.js --data-dir \/somewhere\n$/)
    expect(output()).toContain(V8_FLAGS.join(' '))
  })

  it('runs with the same flags of V8 as in the browser, and as is measured', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(scripts.start).toContain(`node ${V8_FLAGS.join(' ')} out/main/launch.js`)
    expect(scripts.bench).toContain(`node ${V8_FLAGS.join(' ')} test/bench/run.ts`)
  })

  it.each([
    ['ends with a status', 'exit 1'],
    ['is killed by a signal, as without a sandbox', 'kill -TRAP $$'],
    ['lacks a library', 'exit 127'],
  ])('that %s before a window can have opened, goes on in the browser', async (_how, script) => {
    const { exited, output } = launchWith(script, ...TAKEN_FOLDER)
    expect(await exited).toBe(1)
    expect(output()).toMatch(/^Electron did not start, so Hookstage opens in your browser\.$/m)
    expect(output()).toMatch(/cannot write to its data folder/)
  })

  it('that has told the user why it ends, says nothing more', async () => {
    const { exited, output } = launchWith(`exit ${ALREADY_EXPLAINED}`, ...TAKEN_FOLDER)
    expect(await exited).toBe(1)
    expect(output()).toBe('')
  })

  it('hands signals on and waits for it to end in order', async () => {
    const { child, exited, output } = launchWith(
      "trap 'echo closed in order; exit 0' TERM; echo up; while :; do sleep 0.05; done",
    )
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await exited).toBe(0)
    expect(output()).toBe('up\nclosed in order\n')
  })
})

describe('an old Node', () => {
  it('can read all that the launcher needs to say that it is too old', () => {
    const seen = new Set<string>()
    const read = (file: string) => {
      if (seen.has(file)) return
      seen.add(file)
      const text = readFileSync(file, 'utf8')
      for (const [, name = ''] of text.matchAll(/^(?:import|export)\s[^'"]*from '([^']+)'/gm)) {
        if (name.startsWith('.')) read(resolve(file, '..', name))
        else seen.add(name)
      }
    }
    read(join(ROOT, 'src-main/launch.ts'))
    expect(
      [...seen].filter((name) => !name.startsWith('node:')).map((name) => basename(name)),
    ).toEqual(['launch.ts', 'command-line.ts', 'config.ts', 'electron-binary.ts', 'v8-flags.ts'])
  })
})

describe('the flags that reach Electron', () => {
  it('are ours alone, without Chromium’s', () => {
    expect(
      ownFlags(['--data-dir', '/x', '--inspect', '--port=1', 'file.txt', '--ozone=x', '--no-open']),
    ).toEqual(['--data-dir', '/x', '--port=1', '--no-open'])
  })
})
