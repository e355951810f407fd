/** The sources as the architecture tests see them: files, their lines, and what they import. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

/** Every file that git tracks or would track, relative to the root. */
export function allFiles(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)))
}

export function sourceFiles(): string[] {
  return allFiles().filter((file) => /\.(ts|tsx|css)$/.test(file))
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** What a module imports: package names as written, files of ours relative to the root. */
export function importsOf(file: string, text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g
  return [...code.matchAll(pattern)].map((match) => {
    const name = match[1] ?? match[2] ?? ''
    if (name === '#contract') return 'src-preload/contract/index.ts'
    return name.startsWith('.') ? posix.normalize(posix.join(dirname(file), name)) : name
  })
}
