/**
 * What editors and viewers of wire data have in common: colours from the theme's variables (one
 * style for both schemes), JSON or plain text, and the page's nonce for the styles that are made.
 */
import { json } from '@codemirror/lang-json'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { liquidLanguage } from './liquid-language.ts'
import { pageNonce } from './page-nonce.ts'

export type WireLanguage = 'json' | 'liquid' | 'text'

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--wire-key)' },
  { tag: tags.string, color: 'var(--wire-string)' },
  { tag: tags.number, color: 'var(--wire-number)' },
  { tag: [tags.bool, tags.null, tags.keyword], color: 'var(--wire-atom)' },
  { tag: tags.variableName, color: 'var(--text)' },
  { tag: tags.meta, color: 'var(--accent-text)' },
  { tag: [tags.punctuation, tags.separator, tags.brace], color: 'var(--wire-punctuation)' },
])

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused .cm-scroller': { boxShadow: 'inset 0 0 0 2px var(--accent)' },
  '.cm-scroller': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontSize: 'var(--wire-size)',
    lineHeight: 'var(--wire-line)',
    fontVariantNumeric: 'tabular-nums',
  },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px 0 4px' },
  '.cm-scroller > .cm-content:first-child .cm-line': { paddingLeft: '12px' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--text-quiet)',
    border: 'none',
    paddingLeft: '4px',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 4px 0 0' },
  '.cm-foldGutter .cm-gutterElement': { padding: '0 2px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--surface-sunk)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
    { backgroundColor: 'var(--wire-selection)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--wire-selection)',
    outline: 'none',
  },
  '.cm-specialChar': { color: 'var(--text-quiet)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--surface-hover)',
    border: '1px solid var(--line-strong)',
    color: 'var(--text-quiet)',
  },
  '.cm-searchMatch': {
    backgroundColor: 'var(--note-warning)',
    outline: '1px solid var(--line-strong)',
  },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--wire-selection)' },
  '.cm-panels': { backgroundColor: 'var(--surface-sunk)', color: 'var(--text)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '6px 8px', fontSize: '13px' },
  '.cm-panel.cm-search label': { fontSize: '12px' },
  '.cm-textfield': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
    color: 'var(--text)',
    fontSize: '13px',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
    color: 'var(--text)',
    fontSize: '13px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    color: 'var(--text)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mantine-font-family-monospace)',
    fontSize: 'var(--wire-size)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--surface-selected)',
    color: 'var(--text)',
  },
  '.cm-completionDetail': { color: 'var(--text-quiet)', fontStyle: 'normal', fontSize: '12px' },
  '.cm-diagnostic': { fontSize: '12px', padding: '4px 8px', borderLeft: 'none' },
  '.cm-lintRange-error': {
    textDecoration: 'underline wavy var(--status-failed) 1px',
    backgroundImage: 'none',
  },
  '.cm-lintRange-warning': {
    textDecoration: 'underline wavy var(--status-waiting) 1px',
    backgroundImage: 'none',
  },
})

const LANGUAGES: Readonly<Record<WireLanguage, Extension>> = {
  json: json(),
  liquid: liquidLanguage,
  text: [],
}

/** The common ground of every wire editor and viewer. */
export function wireBase(language: WireLanguage, label: string): Extension {
  return [
    EditorView.cspNonce.of(pageNonce()),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
    EditorView.lineWrapping,
    look,
    syntaxHighlighting(colours),
    LANGUAGES[language],
  ]
}
