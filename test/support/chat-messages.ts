/** Messages as Slack, Teams and Webex take them, with about everything that a preview has to draw. */
export const SLACK_MESSAGE = {
  text: 'Meeting booked: *Pricing review* on <!date^1792500000^{date_short} at {time}|Oct 20>',
  blocks: [
    {
      type: 'header',
      text: { type: 'plain_text', text: 'Meeting booked :calendar:', emoji: true },
    },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '*Pricing review* with _Amélie Laurent_ and <@U012AB3CD|Tom>\n~Room 4~ `Table 12` &amp; <https://events.example/m/42|the agenda>',
      },
      accessory: {
        type: 'button',
        text: { type: 'plain_text', text: 'Open' },
        url: 'https://events.example/m/42',
      },
    },
    {
      type: 'section',
      fields: [
        { type: 'mrkdwn', text: '*When*\nTue 20 Oct, 10:00–10:30' },
        { type: 'mrkdwn', text: '*Where*\nTable 12, Hall B' },
        { type: 'mrkdwn', text: '*Organiser*\nAmélie Laurent' },
        { type: 'plain_text', text: 'Status *accepted*' },
      ],
    },
    { type: 'divider' },
    {
      type: 'section',
      text: { type: 'mrkdwn', text: '> Bring the numbers.\n• one\n• two\n```const a = 1 < 2```' },
      accessory: { type: 'image', image_url: 'https://pictures.example/a.png', alt_text: 'A map' },
    },
    { type: 'image', image_url: 'https://pictures.example/b.png', alt_text: 'The floor plan' },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Rich ', style: { bold: true } },
            { type: 'link', url: 'https://events.example/', text: 'link' },
            { type: 'emoji', name: 'tada' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'ordered',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'first' }] },
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'second' }] },
          ],
        },
      ],
    },
    { type: 'markdown', text: '**Markdown** too: [a link](https://events.example/x)' },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          style: 'primary',
          text: { type: 'plain_text', text: 'Accept' },
          url: 'https://events.example/accept',
        },
        {
          type: 'button',
          style: 'danger',
          text: { type: 'plain_text', text: 'Decline' },
          value: 'no',
        },
        { type: 'static_select', placeholder: { type: 'plain_text', text: 'Move to' } },
      ],
    },
    {
      type: 'context',
      elements: [
        { type: 'image', image_url: 'https://pictures.example/c.png', alt_text: 'Logo' },
        { type: 'mrkdwn', text: 'Northbridge Summit · evt_01J8' },
      ],
    },
    { type: 'video', title: { type: 'plain_text', text: 'x' } },
  ],
  attachments: [
    {
      color: 'warning',
      title: 'Ticket 12',
      title_link: 'https://events.example/t/12',
      text: 'The room is *too small*.',
      fields: [
        { title: 'Capacity', value: '20', short: true },
        { title: 'Booked', value: '24', short: true },
      ],
      footer: 'Hall desk',
      ts: 1792500000,
    },
  ],
}

const CARD = {
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.4',
  body: [
    {
      type: 'TextBlock',
      text: 'Meeting booked',
      size: 'Large',
      weight: 'Bolder',
      style: 'heading',
    },
    {
      type: 'TextBlock',
      text: '**Pricing review** with _Amélie Laurent_, see [the agenda](https://events.example/m/42)',
      wrap: true,
    },
    {
      type: 'FactSet',
      facts: [
        { title: 'When', value: 'Tue 20 Oct, 10:00–10:30 (Europe/Paris)' },
        { title: 'Where', value: 'Table 12, Hall B' },
        { title: 'Organiser', value: 'Amélie Laurent, Northbridge' },
      ],
    },
    {
      type: 'ColumnSet',
      separator: true,
      columns: [
        {
          type: 'Column',
          width: 'auto',
          items: [
            {
              type: 'Image',
              url: 'https://pictures.example/a.png',
              altText: 'A map',
              size: 'Medium',
            },
          ],
        },
        {
          type: 'Column',
          width: 'stretch',
          items: [
            { type: 'TextBlock', text: '- Bring the numbers\r- Be on time', wrap: true },
            { type: 'TextBlock', text: 'Northbridge Summit', isSubtle: true, size: 'Small' },
          ],
        },
      ],
    },
    { type: 'Image', url: 'https://pictures.example/b.png', altText: 'The floor plan' },
    {
      type: 'Container',
      style: 'attention',
      items: [{ type: 'TextBlock', text: 'Moved', color: 'attention' }],
    },
    {
      type: 'RichTextBlock',
      inlines: [
        'Plain, ',
        { type: 'TextRun', text: 'struck', strikethrough: true },
        {
          type: 'TextRun',
          text: ' linked',
          selectAction: { type: 'Action.OpenUrl', url: 'https://events.example/run' },
        },
      ],
    },
    { type: 'Input.Text', id: 'name' },
  ],
  actions: [
    { type: 'Action.OpenUrl', title: 'Open the meeting', url: 'https://events.example/m/42' },
    {
      type: 'Action.ShowCard',
      title: 'More',
      card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Inner words' }] },
    },
    { type: 'Action.Submit', title: 'Send' },
  ],
}

export const TEAMS_MESSAGE = {
  type: 'message',
  attachments: [
    { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: CARD },
  ],
}

export const MESSAGE_CARD = {
  '@type': 'MessageCard',
  '@context': 'http://schema.org/extensions',
  summary: 'Meeting booked',
  themeColor: '0076D7',
  title: 'Meeting booked',
  text: 'The **pricing review** is on.',
  sections: [
    {
      activityTitle: 'Amélie Laurent',
      activitySubtitle: 'Northbridge',
      activityImage: 'https://pictures.example/a.png',
      facts: [
        { name: 'When', value: 'Tue 20 Oct' },
        { name: 'Where', value: 'Table 12' },
      ],
    },
  ],
  potentialAction: [
    {
      '@type': 'OpenUri',
      name: 'Open',
      targets: [{ os: 'default', uri: 'https://events.example/' }],
    },
  ],
}

export const WEBEX_MESSAGE = {
  markdown: [
    '### Meeting booked',
    '**Pricing review** with *Amélie Laurent* and <@personEmail:tom@events.example|Tom>',
    '',
    '- **When:** Tue 20 Oct, 10:00–10:30',
    '- **Where:** `Table 12`, ~~Room 4~~',
    '  1. Hall B',
    '  2. by the window',
    '',
    '> Bring the numbers.',
    '',
    '```',
    'const a = 1 < 2',
    '```',
    '[Open the meeting](https://events.example/m/42)',
  ].join('\n'),
  text: 'Meeting booked',
}
