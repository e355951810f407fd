/** The options that are known are those of the curl that is installed, and of later ones. */
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { longOption, shortOption } from '../../../src-main/interchange/curl-options.ts'

interface Listed {
  readonly letter: string | null
  readonly name: string
  readonly takesValue: boolean
}

function listed(): Listed[] {
  const help = execFileSync('curl', ['--help', 'all'], { encoding: 'utf8' })
  return help.split('\n').flatMap((line): Listed[] => {
    const [whole, letter = null, name = '', value] =
      /^ +(?:-(.), )?--(\S+) ([<[]\S)?/.exec(line) ?? []
    return whole === undefined ? [] : [{ letter, name, takesValue: value !== undefined }]
  })
}

/** Of curl 8, as its documentation says when they were introduced. */
const LATER = `--ca-native --proxy-ca-native --trace-ids --proxy-http2 --mptcp --dump-ca-embed
  --skip-existing --tls-earlydata --out-null --follow --haproxy-clientip <a> --trace-config <a>
  --variable <a> --ipfs-gateway <a> --ech <a> --ip-tos <a> --keepalive-cnt <a> --vlan-priority <a>
  --ssl-sessions <a> --upload-flags <a> --sigalgs <a> --parallel-max-host <a> --knownhosts <a>
  --expand-data <a> --expand-url <a>`

describe('options of curl', () => {
  it('are all known, with whether they take a value', () => {
    const all = listed()
    expect(all.length).toBeGreaterThan(200)
    const known = all.map(({ name }) => [name, longOption(name)?.takesValue])
    expect(known).toEqual(all.map(({ name, takesValue }) => [name, takesValue]))
    for (const { letter, name } of all) {
      if (letter !== null) expect(shortOption(letter)).toEqual(longOption(name))
    }
  })

  it('are known beforehand', () => {
    for (const [, name = '', value] of LATER.matchAll(/--(\S+)( <a>)?/g)) {
      expect([name, longOption(name)?.takesValue]).toEqual([name, value !== undefined])
    }
  })

  it('may be shortened to what only one begins with, as curl has it', () => {
    expect(longOption('user-ag')?.name).toBe('user-agent')
    expect(longOption('compr')).toBeNull()
    expect(longOption('nonesuch')).toBeNull()
    expect(longOption('expand-get')).toBeNull()
    expect(longOption('no-next')).toBeNull()
  })
})
