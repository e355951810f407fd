/** The blocks of a Slack message. Buttons and menus are drawn and do nothing. */
import { IconChevronDown } from '@tabler/icons-react'
import { BlocksView } from './marked-view.tsx'
import { Picture } from './picture.tsx'
import classes from './slack.module.css'
import type { SlackBlock, SlackElement } from './slack-message.ts'

export function SlackBlocks({ blocks }: { readonly blocks: readonly SlackBlock[] }) {
  if (blocks.length === 0) return null
  return (
    <div className={classes.blocks}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
        <SlackBlockView key={index} block={block} />
      ))}
    </div>
  )
}

function SlackBlockView({ block }: { readonly block: SlackBlock }) {
  switch (block.kind) {
    case 'header':
      return <h4 className={classes.header}>{block.text}</h4>
    case 'section':
      return <Section block={block} />
    case 'context':
      return (
        <div className={classes.context}>
          {block.elements.map((element, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
            <div key={index}>
              {element.kind === 'image' ? (
                <Picture url={element.url} alt={element.alt} size="icon" />
              ) : (
                <BlocksView blocks={element.blocks} />
              )}
            </div>
          ))}
        </div>
      )
    case 'actions':
      return (
        <div className={classes.actions}>
          {block.elements.map((element, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
            <Element key={index} element={element} />
          ))}
        </div>
      )
    case 'divider':
      return <hr className={classes.divider} />
    case 'image':
      return (
        <div>
          {block.title ? <p className={classes.imageTitle}>{block.title}</p> : null}
          <Picture url={block.url} alt={block.alt} />
        </div>
      )
    case 'text':
      return (
        <div>
          <BlocksView blocks={block.blocks} />
        </div>
      )
    case 'table':
      return <Table rows={block.rows} />
  }
}

function Section({ block }: { readonly block: Extract<SlackBlock, { kind: 'section' }> }) {
  const { text, fields, accessory } = block
  return (
    <div className={classes.section}>
      <div className={classes.sectionBody}>
        <BlocksView blocks={text} />
        {fields.length > 0 ? (
          <div className={classes.fields}>
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
              <div key={index} className={classes.field} data-short>
                <BlocksView blocks={field} />
              </div>
            ))}
          </div>
        ) : null}
      </div>
      {accessory ? <Element element={accessory} /> : null}
    </div>
  )
}

function Element({ element }: { readonly element: SlackElement }) {
  if (element.kind === 'image') {
    return <Picture url={element.url} alt={element.alt} size="small" />
  }
  if (element.kind === 'choice') {
    return (
      <span className={classes.choice}>
        {element.label}
        <IconChevronDown size={14} aria-hidden />
      </span>
    )
  }
  const { label, url, style } = element
  return (
    <button
      type="button"
      className={classes.button}
      data-style={style}
      data-url={url}
      aria-description={url ?? 'Does nothing for a message of a webhook'}
    >
      {label}
    </button>
  )
}

function Table({ rows }: { readonly rows: Extract<SlackBlock, { kind: 'table' }>['rows'] }) {
  return (
    <div className={classes.tableRoom}>
      <table className={classes.table}>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
            <tr key={row}>
              {cells.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the message is drawn as a whole
                <td key={column}>
                  <BlocksView blocks={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
