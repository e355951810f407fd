import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ADAPTIVE_CARD,
  parseMarkdown,
  SLACK_MARKDOWN,
  WEBEX,
} from '../../../src-renderer/message/markdown.ts'
import { htmlOf } from '../../../src-renderer/message/marked-html.ts'
import { plainText } from '../../../src-renderer/message/marked-text.ts'
import { depthOf, isWithin, linksOf, outline } from './trees.ts'

const webex = (text: string) => outline(parseMarkdown(text, WEBEX))
const card = (text: string) => outline(parseMarkdown(text, ADAPTIVE_CARD))

describe('Webex markdown', () => {
  it.each([
    [
      '**b** __b__ *i* _i_ ~~s~~ `c`',
      '[strong b] [strong b] [emphasis i] [emphasis i] [strike s] {c}',
    ],
    ['***both***', '[emphasis [strong both]]'],
    ['**b *i* b**', '[strong b [emphasis i] b]'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['\\*not\\* \\[a\\](b) \\_x\\_', '*not* [a](b) _x_'],
    ['[here](https://a.example/x_(y))', '<here → https://a.example/x_(y)>'],
    [
      '[here](<https://a.example>) <https://b.example>',
      '<here → https://a.example> <https://b.example → https://b.example>',
    ],
    ['[x](javascript:alert(1))', 'x'],
    ['``a ` b``', '{a ` b}'],
    ['<b>no</b> &lt;i&gt; &#65;&#x42; &amp;lt; &nope; &#0;', '<b>no</b> <i> AB &lt; &nope; \ufffd'],
    ['<@personEmail:a@b.example|Ann> <@all>', '@(Ann) @(all)'],
    ['a\nb', 'a b'],
    ['a  \nb\\\nc', 'a / b / c'],
    ['a\n\nb', 'a | b'],
  ])('of %j is %j', (text, expected) => {
    expect(webex(text)).toBe(expected)
  })

  it('has headings, quotes, fences, rules and lists', () => {
    expect(webex('# A\n## B ##\ntext')).toBe('h1(A) | h2(B) | text')
    expect(webex('> a\n> b\n\nc')).toBe('quote(a b) | c')
    expect(webex('```js\n**a**\n```\nb')).toBe('fence(**a**) | b')
    expect(webex('```\nnever closed')).toBe('fence(never closed)')
    expect(webex('a\n\n---\nb')).toBe('a | rule | b')
    expect(webex('todo:\n- a\n- b\n  - c\n\n3. d\n4. e')).toBe(
      'todo: | ul(a)(b | ul(c)) | ol3(d)(e)',
    )
  })

  it('tells of line breaks that are spaces', () => {
    let told = 0
    const flavour = { ...WEBEX, onSoftBreak: () => (told += 1) }
    parseMarkdown('a  \nb\n\n- c\n- d', flavour)
    expect(told).toBe(0)
    parseMarkdown('a\nb', flavour)
    expect(told).toBe(1)
  })
})

describe('the markdown of Adaptive Cards', () => {
  it('has emphasis, lists and links; the rest stays as it is typed', () => {
    expect(card('**b** _i_ [t](https://a.example)')).toBe(
      '[strong b] [emphasis i] <t → https://a.example>',
    )
    expect(card('- a\r- b\r')).toBe('ul(a)(b)')
    expect(card('1. a\r2. b')).toBe('ol1(a)(b)')
    expect(card('# no\n> no\n`no` ~~no~~ ![no](https://a.example/i.png)')).toBe(
      '# no > no `no` ~~no~~ !<no → https://a.example/i.png>',
    )
  })

  it('becomes HTML of a few tags, with everything else escaped', () => {
    const html = (text: string) => htmlOf(parseMarkdown(text, ADAPTIVE_CARD))
    expect(html('a <img src=x onerror=alert(1)> & "b" \'c\'')).toBe(
      '<p>a &lt;img src=x onerror=alert(1)&gt; &amp; &quot;b&quot; &#39;c&#39;</p>',
    )
    expect(html('[a](https://a.example/"onmouseover="x)')).toContain(
      'data-url="https://a.example/&quot;onmouseover=&quot;x"',
    )
    expect(html('[a](javascript:alert(1)) [b](data:text/html,x)')).toBe('<p>a b</p>')
  })
})

const hostile = fc.array(
  fc.oneof(
    fc.constantFrom(
      '*',
      '**',
      '***',
      '_',
      '__',
      '~~',
      '`',
      '```',
      '[',
      ']',
      '](',
      ')',
      '<',
      '>',
      '\\',
    ),
    fc.constantFrom(
      '\n',
      '\n\n',
      '  \n',
      '> ',
      '- ',
      '1. ',
      '# ',
      '  ',
      '---',
      'http://a.example',
      '![',
    ),
    fc.constantFrom('<script>', '<@all>', 'javascript:', '\u202e', '"', "'", '&lt;', 'é'),
    fc.string({ maxLength: 5 }),
  ),
  { maxLength: 60 },
)

describe.each([
  ['Webex', WEBEX],
  ['Adaptive Cards', ADAPTIVE_CARD],
  ['Slack’s markdown block', SLACK_MARKDOWN],
])('hostile markdown, as %s takes it', (_, flavour) => {
  it('never throws, invents nothing and nests within bounds', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const text = parts.join('').replaceAll(':', '').replaceAll('&', '')
        const tree = parseMarkdown(text, flavour)
        expect(depthOf(tree)).toBeLessThanOrEqual(30)
        expect(isWithin(plainText(tree), text)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('becomes HTML that has no tag and no attribute of its own', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const html = htmlOf(parseMarkdown(parts.join(''), flavour))
        const rest = html.replace(
          /<\/?(p|b|i|s|u|ul|ol|li|br|hr|pre|code|blockquote|span)( (start="\d+"|role="link"|data-mention|tabindex="0"|data-url="(https?:\/\/|mailto:)[^"<>]*"|aria-description="[^"<>]*"))*>/gi,
          '',
        )
        expect(rest).not.toMatch(/[<>]/)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    '*a ',
    '**',
    '_',
    '`',
    '``` ',
    '[',
    '[a](',
    '](',
    '<',
    '> ',
    '- ',
    '  - ',
    '\n- a',
    'http://',
    '\\',
    '<@all',
    '# ',
    '```\n',
  ])('reads a long text of nothing but %j in bounded work', (piece) => {
    const tree = parseMarkdown(piece.repeat(Math.ceil(40_000 / piece.length)), flavour)
    expect(depthOf(tree)).toBeLessThanOrEqual(30)
    expect(linksOf(tree).every((url) => /^(https?:|mailto:)/i.test(url))).toBe(true)
  })

  it.each([
    ['spaces', `a${' '.repeat(160_000)}b`],
    ['code', `\` ${'a'.repeat(160_000)}\``],
    ['a heading', `# ${' '.repeat(160_000)}a`],
    ['marks of a heading', `# ${' #'.repeat(80_000)}a`],
  ])('reads as many characters as are drawn of %s in one pass', (_name, text) => {
    // Quadratic time would be half a minute and more.
    expect(parseMarkdown(text, flavour)).toHaveLength(1)
  })
})
