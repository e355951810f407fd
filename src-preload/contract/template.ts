/**
 * What a template of the user's own can use besides the fields of the event: the filters that
 * Hookstage adds to Liquid's own, for the editor's completion and the documentation.
 */

export interface TemplateFilter {
  readonly name: string
  /** What it makes of what, as a sentence. */
  readonly description: string
  /** What stands after the name, such as `: conference.timezone`. */
  readonly args: string
}

function filter(name: string, description: string, args = ''): TemplateFilter {
  return { name, description, args }
}

export const TEMPLATE_FILTERS: readonly TemplateFilter[] = [
  filter('json', 'Any value as JSON, with its quotes.'),
  filter('slack', 'Text escaped for Slack’s mrkdwn.'),
  filter('teams', 'Text escaped for an Adaptive Card.'),
  filter('webex', 'Text escaped for Webex’s Markdown.'),
  filter('cut', 'Text cut to so many characters, with an ellipsis.', ': 200'),
  filter('line', 'Text in one line, without what cannot be seen.'),
  filter('block', 'Text in several lines, without what cannot be seen.'),
  filter('person', 'An attendee’s name and company.'),
  filter('people', 'The names of attendees, participants or speakers.'),
  filter('place', 'What a location is called.'),
  filter('time', 'A time in a time zone.', ': conference.timezone'),
  filter('span', 'From a start to an end, in a time zone.', ': data.end, conference.timezone'),
  filter(
    'moved',
    'From the start and end before to those now, in a time zone.',
    ': data.end, conference.timezone, data.startBefore, data.endBefore',
  ),
  filter('word', 'A value such as no_show as words.'),
  filter('field', 'A field’s name such as jobTitle as words.'),
  filter('change', 'A change as from → to.'),
  filter('money', 'A price with its currency.'),
  filter('filesize', 'Bytes in KB, MB or GB.'),
  filter('duration', 'Seconds as hours and minutes.'),
  filter('rating', 'A rating as 4 of 5.'),
  filter('sponsor', 'A sponsor’s name, tier and booth.'),
  filter('options', 'The labels of a poll’s options.'),
  filter('chosen', 'The labels of the options that were chosen.', ': data.poll.options'),
  filter('poll_kind', 'How a poll is answered.'),
  filter('live', 'Whether a session was watched live or as a recording.'),
  filter('language', 'A language’s name.'),
  filter('country', 'A country’s name.'),
  filter('link', 'A web address as it can stand in any link; empty for anything else.'),
]

/** Of Liquid's own filters, those that a message needs most. */
export const LIQUID_FILTERS: readonly TemplateFilter[] = [
  filter('append', 'Text with another after it.', ': "…"'),
  filter('prepend', 'Text with another before it.', ': "…"'),
  filter('default', 'Another value where this one is missing or empty.', ': ""'),
  filter('upcase', 'Text in capital letters.'),
  filter('downcase', 'Text in small letters.'),
  filter('capitalize', 'Text with a capital first letter.'),
  filter('join', 'A list as text.', ': ", "'),
  filter('map', 'One member of each item of a list.', ': "name"'),
  filter('first', 'The first item of a list.'),
  filter('size', 'How many items a list has, or characters a text.'),
  filter('replace', 'Text with one part exchanged for another.', ': "a", "b"'),
  filter('round', 'A number rounded.', ': 2'),
]
