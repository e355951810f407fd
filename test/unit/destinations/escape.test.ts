/** Text that means nothing but itself, in each chat's mark-up. */
import { describe, expect, it } from 'vitest'
import { slackText, teamsText, webexText } from '../../../src-main/destinations/escape.ts'

const WIDE = 10_000

describe('Slack', () => {
  it.each([
    ['<!channel> & <@U123|x>', '&lt;!channel&gt; &amp; &lt;@U123|x&gt;'],
    ['&lt;', '&amp;lt;'],
    [`"O'Neill" é`, `"O'Neill" é`],
  ])('%s', (text, escaped) => {
    expect(slackText(text, WIDE)).toBe(escaped)
  })
})

describe('Teams and Webex', () => {
  it.each([
    ['*b* _i_ [t](u) `c` ~~s~~', '\\*b\\* \\_i\\_ \\[t\\](u) \\`c\\` \\~\\~s\\~\\~'],
    ['# head', '\\# head'],
    ['- item', '\\- item'],
    ['> quote', '\\> quote'],
    ['12. item', '12\\. item'],
    ['=====', '\\====='],
    ['<@all> <b>x</b>', '&lt;@all> &lt;b>x&lt;/b>'],
    ['<at>Maya</at>', '&lt;at>Maya&lt;/at>'],
    ['AT&amp;T & Co', 'AT&amp;amp;T & Co'],
    ['C:\\path', 'C:\\\\path'],
    ['one\n# two', 'one\n\n\\# two'],
    ['3.5 - 4 > 2', '3.5 - 4 > 2'],
  ])('%j', (text, escaped) => {
    expect(teamsText(text, WIDE)).toBe(escaped)
    expect(webexText(text, WIDE)).toBe(escaped)
  })

  it('Webex is cut by bytes', () => {
    expect(webexText('東'.repeat(10), 12)).toBe('東東東…')
    expect(Buffer.byteLength(webexText('<'.repeat(100), 30))).toBeLessThanOrEqual(30)
  })
})
