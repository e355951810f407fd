import { describe, expect, it } from 'vitest'
import { allFiles, read, sourceFiles } from './sources.ts'

const MOST_LINES = 400
const TOP_LEVEL = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'electron.vite.config.ts',
  'src-main',
  'src-renderer',
  'src-preload',
  'test',
  'resources',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
])
const VAGUE = /(^|[/-])(utils?|helpers?|common|misc)([./-]|$)/

describe('the tree', () => {
  it('has no file that is too long to read', () => {
    const long = sourceFiles().filter((file) => read(file).split('\n').length > MOST_LINES + 1)
    expect(long).toEqual([])
  })

  it('has the agreed top level, and dotfiles', () => {
    const top = new Set(allFiles().map((file) => file.split('/')[0] ?? ''))
    expect([...top].filter((name) => !TOP_LEVEL.has(name) && !name.startsWith('.'))).toEqual([])
    expect([...TOP_LEVEL].filter((name) => !top.has(name))).toEqual([])
  })

  it('names files for what they own', () => {
    expect(allFiles().filter((file) => VAGUE.test(file))).toEqual([])
    const odd = sourceFiles().filter(
      (file) => !/^[a-z0-9-]+(\.[a-z-]+)*$/.test(file.split('/').at(-1) ?? ''),
    )
    expect(odd).toEqual([])
  })

  it('opens each source file with what it hides and promises', () => {
    const bare = sourceFiles().filter(
      (file) => /^src-.*\.tsx?$/.test(file) && !read(file).startsWith('/**'),
    )
    expect(bare).toEqual([])
  })
})
