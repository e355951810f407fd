/**
 * An editor for wire data: lines, folding, search, undo, completion, and underlined problems that
 * the caller finds. Tab leaves it, Ctrl/⌘+Enter is left to the screen. The caller owns the text.
 */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { type Diagnostic, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import classes from './wire-editor.module.css'
import { type WireLanguage, wireBase } from './wire-language.ts'

interface WireEditorProps {
  /** What is edited, for screen readers. */
  readonly label: string
  readonly language: WireLanguage
  readonly text: string
  readonly onChange: (text: string) => void
  /** What the screen adds, such as a completion source. */
  readonly extensions?: readonly Extension[]
  readonly diagnostics?: readonly Diagnostic[]
  /** Puts the cursor there and shows it; a new object does so again. */
  readonly place?: { readonly offset: number } | null
}

const NONE: readonly Extension[] = []

/** A CR is a byte like any other, and shown: left to itself, an editor takes it for a line's end. */
export const EXACT_LINES: readonly Extension[] = [
  EditorState.lineSeparator.of('\n'),
  highlightSpecialChars(),
]

const EDITING: Extension = [
  lineNumbers(),
  foldGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  search({ top: false }),
  EditorState.tabSize.of(2),
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
    ...searchKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...completionKeymap,
    ...lintKeymap,
  ]),
]

/**
 * Typing over a selection, done here: left to Chromium, it would carry the look of the old text
 * into a style attribute, which the page's policy refuses aloud.
 */
const typedOver = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { data, inputType } = event
    if (inputType !== 'insertText' || !data || view.state.selection.ranges.length > 1) return false
    const { from, to } = selectedIn(view)
    if (from === to) return false
    event.preventDefault()
    const typed = { changes: { from, to, insert: data }, selection: { anchor: from + data.length } }
    const insert = () => view.state.update(typed, TYPED)
    const handlers = view.state.facet(EditorView.inputHandler)
    if (!handlers.some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert())
    return true
  },
})

/** The page may have selected what the editor has not heard of yet. */
function selectedIn(view: EditorView): { readonly from: number; readonly to: number } {
  const { main } = view.state.selection
  const shown = document.getSelection()
  const { anchorNode, focusNode } = shown ?? {}
  const isInside = view.contentDOM.contains(anchorNode ?? null) && focusNode
  if (!main.empty || !shown || shown.isCollapsed || !isInside || !anchorNode) return main
  const ends = [
    view.posAtDOM(anchorNode, shown.anchorOffset),
    view.posAtDOM(focusNode, shown.focusOffset),
  ]
  return { from: Math.min(...ends), to: Math.max(...ends) }
}

const TYPED = { userEvent: 'input.type', scrollIntoView: true }

export function WireEditor({
  label,
  language,
  text,
  onChange,
  extensions = NONE,
  diagnostics,
  place,
}: WireEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const [compartment] = useState(() => new Compartment())
  const startText = useEffectEvent(() => text)
  const startExtensions = useEffectEvent(() => [...extensions])
  const tell = useEffectEvent((now: string) => {
    if (now !== text) onChange(now)
  })

  useEffect(() => {
    if (!host.current) return undefined
    const editor = new EditorView({
      parent: host.current,
      doc: startText(),
      extensions: [
        wireBase(language, label),
        EDITING,
        typedOver,
        compartment.of(startExtensions()),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) tell(update.state.doc.toString())
        }),
      ],
    })
    view.current = editor
    return () => {
      view.current = null
      editor.destroy()
    }
  }, [language, label, compartment])

  useEffect(() => {
    view.current?.dispatch({ effects: compartment.reconfigure([...extensions]) })
  }, [extensions, compartment])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === text) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } })
  }, [text])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const end = editor.state.doc.length
    const inside = (diagnostics ?? []).filter(({ to }) => to <= end)
    editor.dispatch(setDiagnostics(editor.state, inside))
  }, [diagnostics])

  useEffect(() => {
    const editor = view.current
    if (!editor || !place) return
    const anchor = Math.min(place.offset, editor.state.doc.length)
    editor.dispatch({
      selection: { anchor },
      effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
    })
    editor.focus()
  }, [place])

  return <div ref={host} className={classes.host} />
}
