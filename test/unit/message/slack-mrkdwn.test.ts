import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../../src-renderer/message/marked-text.ts'
import { parseMrkdwn, unescaped } from '../../../src-renderer/message/slack-mrkdwn.ts'
import { depthOf, isWithin, linksOf, outline } from './trees.ts'

describe('mrkdwn', () => {
  it.each([
    ['a *b* c', 'a [strong b] c'],
    ['*bold* _italic_ ~gone~ `code`', '[strong bold] [emphasis italic] [strike gone] {code}'],
    ['*_both_*', '[strong [emphasis both]]'],
    ['snake_case_name 2*3*4', 'snake_case_name 2*3*4'],
    ['* not bold * and *open', '* not bold * and *open'],
    ['*over\nlines*', '*over / lines*'],
    ['(*in brackets*), "_quoted_".', '([strong in brackets]), "[emphasis quoted]".'],
    ['`*code*` stays', '{*code*} stays'],
    ['**two**', '**two**'],
    ['• one\n- two', '• one / - two'],
  ])('of %j is %j', (text, expected) => {
    expect(outline(parseMrkdwn(text))).toBe(expected)
  })

  it('has three escapes and no more, undone once', () => {
    expect(outline(parseMrkdwn('&lt;b&gt; &amp;amp; &quot;&#39;'))).toBe('<b> &amp; &quot;&#39;')
    expect(unescaped('&amp;lt;')).toBe('&lt;')
  })

  it('makes links of web and mail addresses only', () => {
    expect(outline(parseMrkdwn('<https://a.example/?x=1&amp;y=2|here>'))).toBe(
      '<here → https://a.example/?x=1&y=2>',
    )
    expect(outline(parseMrkdwn('<mailto:a@b.example>'))).toBe('<a@b.example → mailto:a@b.example>')
    expect(outline(parseMrkdwn('see https://a.example/x, now'))).toBe(
      'see <https://a.example/x → https://a.example/x>, now',
    )
    expect(
      linksOf(parseMrkdwn('<javascript:alert(1)|x> <data:text/html,x> <//a.example|y>')),
    ).toEqual([])
    expect(outline(parseMrkdwn('<javascript:alert(1)|x>'))).toBe('<javascript:alert(1)|x>')
  })

  it('names people, channels and groups', () => {
    expect(outline(parseMrkdwn('<@U1|Tom> <@U2> <#C1|general> <!here> <!subteam^S1|@team>'))).toBe(
      '@(@Tom) @(@U2) @(#general) @(@here) @(@team)',
    )
  })

  it('shows dates, and what stands in for one that is none', () => {
    const noon = Date.UTC(2026, 9, 20, 12) / 1000
    expect(plainText(parseMrkdwn(`<!date^${noon}^{date_short}|x>`))).toBe('Oct 20, 2026')
    expect(plainText(parseMrkdwn('<!date^00000000^{_}|*>'))).toBe('{_}')
    expect(plainText(parseMrkdwn('<!date^soon^{date}|someday>'))).toBe('someday')
  })

  it('knows common emoji; the others stay as they are typed', () => {
    expect(plainText(parseMrkdwn(':tada: :no_such_thing: 10:30:15'))).toBe(
      '🎉 :no_such_thing: 10:30:15',
    )
    expect(plainText(parseMrkdwn(':constructor: :__proto__:'))).toBe(':constructor: :__proto__:')
  })

  it('has quotes and fences', () => {
    expect(outline(parseMrkdwn('a\n> b\n> *c*\nd'))).toBe('a | quote(b / [strong c]) | d')
    expect(outline(parseMrkdwn('&gt;&gt;&gt;a\nb'))).toBe('quote(a / b)')
    expect(outline(parseMrkdwn('x\n```\n*a*\n&lt;b&gt;\n```\ny'))).toBe('x | fence(*a*\n<b>) | y')
    expect(outline(parseMrkdwn('never ```closed'))).toBe('never ```closed')
  })

  const hostile = fc.array(
    fc.oneof(
      fc.constantFrom(
        '*',
        '_',
        '~',
        '`',
        '```',
        '<',
        '>',
        '|',
        '&',
        '&lt;',
        '&amp;',
        '\n',
        ' ',
        '>>>',
      ),
      fc.constantFrom(
        '<@',
        '<!',
        '<#',
        '<https://a.example|',
        'http://',
        '\u202e',
        '<b>',
        'é',
        '漢',
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 60 },
  )

  it('never throws, invents nothing and nests within bounds', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const text = parts.join('').replaceAll(':', '')
        const tree = parseMrkdwn(text)
        expect(depthOf(tree)).toBeLessThanOrEqual(12)
        // The signs before names are Slack’s.
        expect(isWithin(plainText(tree).replaceAll(/[@#]/g, ''), unescaped(text))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    '*a ',
    '_',
    '`',
    '<',
    '<a|',
    '> ',
    '```',
    ':a',
    'http://',
    '&amp;',
    '*_~',
    '[a](',
    '<!date^1^{date}|',
  ])('reads a long text of nothing but %j in bounded work', (piece) => {
    const text = piece.repeat(Math.ceil(40_000 / piece.length))
    expect(depthOf(parseMrkdwn(text))).toBeLessThanOrEqual(12)
  })
})
