/** Wire data to read: wrapped, folding, searchable with Ctrl/⌘+F, quick with long texts. */
import { defaultKeymap } from '@codemirror/commands'
import { foldGutter, foldKeymap } from '@codemirror/language'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import classes from './wire-editor.module.css'
import { type WireLanguage, wireBase } from './wire-language.ts'

interface WireViewProps {
  readonly text: string
  readonly language: WireLanguage
  /** What it shows, for screen readers. */
  readonly label: string
  /** False leaves out line numbers and folding. */
  readonly gutters?: boolean
}

const READING: Extension = [
  EditorState.readOnly.of(true),
  search({ top: false }),
  keymap.of([
    ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
    ...searchKeymap,
    ...foldKeymap,
  ]),
]

const GUTTERS: Extension = [lineNumbers(), foldGutter()]

export function WireView({ text, language, label, gutters = true }: WireViewProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const first = useRef(text)

  useEffect(() => {
    if (!host.current) return undefined
    const viewer = new EditorView({
      parent: host.current,
      doc: first.current,
      extensions: [wireBase(language, label), gutters ? GUTTERS : [], READING],
    })
    view.current = viewer
    return () => {
      view.current = null
      viewer.destroy()
    }
  }, [language, label, gutters])

  useEffect(() => {
    first.current = text
    const viewer = view.current
    if (!viewer || viewer.state.doc.toString() === text) return
    viewer.dispatch({ changes: { from: 0, to: viewer.state.doc.length, insert: text } })
  }, [text])

  return <div ref={host} className={classes.host} />
}
