/**
 * How Teams sets an Adaptive Card, as the renderer's host configuration. Colours are the variables
 * of the preview's scheme, so that light and dark are one card.
 */
const colour = (name: string, quiet = name) => ({
  default: `var(--chat-${name})`,
  subtle: `var(--chat-${quiet})`,
})

const FOREGROUND = {
  default: colour('text', 'quiet'),
  dark: colour('text', 'quiet'),
  light: colour('quiet'),
  accent: colour('accent'),
  good: colour('good'),
  warning: colour('warning'),
  attention: colour('attention'),
}

const container = (background: string) => ({
  backgroundColor: `var(--chat-${background})`,
  foregroundColors: FOREGROUND,
})

export const TEAMS_HOST_CONFIG = {
  fontFamily: 'var(--chat-font)',
  supportsInteractivity: true,
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--chat-line)' },
  containerStyles: {
    default: container('surface'),
    emphasis: container('sunk'),
    good: container('good-back'),
    warning: container('warning-back'),
    attention: container('attention-back'),
    accent: container('accent-back'),
  },
  actions: {
    maxActions: 30,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 8, style: 'emphasis' },
    allowTitleToWrap: true,
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { weight: 'bolder', wrap: true, maxWidth: 150 },
    value: { wrap: true },
    spacing: 12,
  },
  textBlock: { headingLevel: 4 },
  table: { cellSpacing: 8 },
}
