/**
 * The one place for tokens: greys, the accent, outcome colours, wire colours, type and sizes, in
 * both schemes. Components and style sheets use the variables that are made here, never a colour
 * of their own. Every text colour has 4.5:1 on the surfaces it stands on.
 */
import {
  ActionIcon,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  Input,
  type MantineColorsTuple,
  Radio,
  Table,
  Tooltip,
} from '@mantine/core'

const GRAY: MantineColorsTuple = [
  '#f7f9fa',
  '#eff2f4',
  '#e2e7eb',
  '#cfd6dc',
  '#a9b3bc',
  '#7d8994',
  '#586571',
  '#404b55',
  '#2a333b',
  '#1a2128',
]

/** As Mantine counts it: text first, the deepest surface last. */
const DARK: MantineColorsTuple = [
  '#e0e6ea',
  '#bcc5cd',
  '#98a4ae',
  '#717d88',
  '#3a444d',
  '#2a323a',
  '#21282f',
  '#181d22',
  '#12161a',
  '#0c0f12',
]

/**
 * The accent is 6 in the light scheme and 4 in the dark one. White text on 6 has but 3.4:1, so a
 * light button is filled with 7.
 */
const TEAL: MantineColorsTuple = [
  '#e5f6f3',
  '#c6ebe4',
  '#9cdfd3',
  '#6bd8c5',
  '#3ecfb8',
  '#22b7a2',
  '#0f9d8a',
  '#0b7d6e',
  '#095f54',
  '#06443c',
]

const SYSTEM_UI =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'
const MONOSPACE =
  'ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace'

/** The page itself never scrolls: a lock would do nothing but have the browser style all of it anew. */
const OVER_ALL = { lockScroll: false, overlayProps: { backgroundOpacity: 0.4, blur: 0 } }

export const theme = createTheme({
  colors: { gray: GRAY, dark: DARK, teal: TEAL },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  // Mantine works the contrast out once, for the light accent; the dark one wants dark text.
  variantColorResolver: (input) => {
    const colours = defaultVariantColorsResolver(input)
    const isAccent = input.variant === 'filled' && (!input.color || input.color === 'teal')
    return isAccent ? { ...colours, color: 'var(--mantine-primary-color-contrast)' } : colours
  },
  black: '#1a2128',
  fontFamily: SYSTEM_UI,
  fontFamilyMonospace: MONOSPACE,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '22px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '6px', xl: '16px' },
  defaultRadius: 'sm',
  shadows: {
    xs: 'none',
    sm: '0 2px 8px rgb(12 15 18 / 14%)',
    md: '0 6px 20px rgb(12 15 18 / 18%)',
    lg: '0 10px 32px rgb(12 15 18 / 22%)',
    xl: '0 10px 32px rgb(12 15 18 / 22%)',
  },
  headings: {
    fontFamily: SYSTEM_UI,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '18px', lineHeight: '24px' },
      h2: { fontSize: '15px', lineHeight: '22px' },
      h3: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'xs' },
      vars: (_theme, { size }) =>
        size === 'xs' || size === 'sm'
          ? { root: { '--button-height': '30px', '--button-fz': '13px' } }
          : { root: {} },
    }),
    Input: Input.extend({
      defaultProps: { size: 'xs' },
      vars: (_theme, { size }) =>
        size === 'xs' || size === 'sm'
          ? { wrapper: { '--input-height': '30px', '--input-fz': '13px' } }
          : { wrapper: {} },
    }),
    InputWrapper: {
      defaultProps: { size: 'xs', inputWrapperOrder: ['label', 'input', 'error', 'description'] },
    },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', checkIconPosition: 'right' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    TagsInput: { defaultProps: { size: 'xs' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', iconColor: 'var(--on-accent)' } }),
    Radio: Radio.extend({ defaultProps: { size: 'xs', iconColor: 'var(--on-accent)' } }),
    Switch: { defaultProps: { size: 'xs', withThumbIndicator: false } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', size: 28 },
      vars: (_theme, { variant }) =>
        variant === undefined || variant === 'subtle'
          ? {
              root: {
                '--ai-color': 'var(--text-quiet)',
                '--ai-hover-color': 'var(--text)',
                '--ai-hover': 'var(--surface-hover)',
              },
            }
          : { root: {} },
    }),
    Table: Table.extend({ vars: () => ({ table: { '--table-border-color': 'var(--line)' } }) }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withinPortal: true } }),
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 120 } } },
    Modal: { defaultProps: { transitionProps: { duration: 120 }, ...OVER_ALL } },
    Spotlight: { defaultProps: { transitionProps: { duration: 0 }, ...OVER_ALL } },
  },
})

const SIZES = {
  '--rail-width': '56px',
  '--bar-height': '44px',
  '--status-height': '28px',
  '--row-height': '32px',
  '--wire-size': '12.5px',
  '--wire-line': '18px',
  '--motion': '120ms',
}

const LIGHT_TOKENS = {
  '--accent': TEAL[6],
  '--accent-text': TEAL[7],
  '--on-accent': '#ffffff',
  '--surface': '#ffffff',
  '--surface-sunk': GRAY[0],
  '--surface-rail': GRAY[1],
  '--surface-hover': GRAY[1],
  '--surface-selected': TEAL[0],
  '--line': GRAY[2],
  '--line-strong': GRAY[3],
  '--text': GRAY[9],
  '--text-quiet': GRAY[6],
  '--status-queued': GRAY[6],
  '--status-sending': TEAL[7],
  '--status-waiting': '#85600a',
  '--status-delivered': '#1b7a3d',
  '--status-accepted': '#1b64c2',
  '--status-refused': '#ad4e00',
  '--status-failed': '#c2272d',
  '--status-cancelled': GRAY[6],
  '--status-interrupted': '#7540bf',
  '--note-error': '#fdf1f0',
  '--note-warning': '#fdf6e3',
  '--note-info': GRAY[1],
  '--wire-key': '#19548c',
  '--wire-string': '#1d6b3a',
  '--wire-number': '#93450a',
  '--wire-atom': '#7540bf',
  '--wire-punctuation': GRAY[6],
  '--wire-selection': '#c6ebe4',
}

const DARK_TOKENS: Record<keyof typeof LIGHT_TOKENS, string> = {
  '--accent': TEAL[4],
  '--accent-text': TEAL[4],
  '--on-accent': '#06251f',
  '--surface': DARK[7],
  '--surface-sunk': DARK[8],
  '--surface-rail': DARK[8],
  '--surface-hover': DARK[6],
  '--surface-selected': '#16322f',
  '--line': DARK[5],
  '--line-strong': DARK[4],
  '--text': DARK[0],
  '--text-quiet': DARK[2],
  '--status-queued': DARK[2],
  '--status-sending': TEAL[4],
  '--status-waiting': '#e3b94a',
  '--status-delivered': '#62cf85',
  '--status-accepted': '#7cb4ff',
  '--status-refused': '#f3a35c',
  '--status-failed': '#ff8f89',
  '--status-cancelled': DARK[2],
  '--status-interrupted': '#c5a1ff',
  '--note-error': '#331d1f',
  '--note-warning': '#2f2815',
  '--note-info': DARK[6],
  '--wire-key': '#86bdf5',
  '--wire-string': '#7fd39a',
  '--wire-number': '#f0ac74',
  '--wire-atom': '#c5a1ff',
  '--wire-punctuation': DARK[2],
  '--wire-selection': '#1f4a45',
}

/** Mantine's own variables follow ours, so that its components and ours look alike. */
const FOLLOWING = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-quiet)',
  '--mantine-color-placeholder': 'var(--text-quiet)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-default-hover': 'var(--surface-hover)',
  '--mantine-color-error': 'var(--status-failed)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--surface-selected)',
  '--mantine-primary-color-light-color': 'var(--accent-text)',
  '--mantine-color-teal-light-color': 'var(--accent-text)',
  '--mantine-color-anchor': 'var(--accent-text)',
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: SIZES,
  light: { ...LIGHT_TOKENS, ...FOLLOWING },
  dark: { ...DARK_TOKENS, ...FOLLOWING },
})
