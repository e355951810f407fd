/** A legacy MessageCard as Teams shows it: a coloured edge, a title, sections with facts. */

import { BlocksView } from './marked-view.tsx'
import { Picture } from './picture.tsx'
import type { MessageCardSection, TeamsMessageCard } from './read-message-card.ts'
import classes from './teams.module.css'

export function MessageCardView({ card }: { readonly card: TeamsMessageCard }) {
  const edge = card.colour ? { borderTopColor: `#${card.colour}` } : undefined
  return (
    <div className={classes.legacy} style={edge} data-coloured={card.colour !== null}>
      {card.title ? <h4 className={classes.legacyTitle}>{card.title}</h4> : null}
      <BlocksView blocks={card.text} />
      {card.sections.map((section, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the card is drawn as a whole
        <Section key={index} section={section} />
      ))}
    </div>
  )
}

function Section({ section }: { readonly section: MessageCardSection }) {
  const { hasLine, title, activity, text, facts, images } = section
  return (
    <div className={classes.section} data-line={hasLine}>
      <div className={classes.sectionTitle}>
        <BlocksView blocks={title} />
      </div>
      {activity ? (
        <div className={classes.activity}>
          {activity.image ? <Picture {...activity.image} size="small" /> : null}
          <div className={classes.activityText}>
            <b>
              <BlocksView blocks={activity.title} />
            </b>
            <div className={classes.quiet}>
              <BlocksView blocks={activity.subtitle} />
            </div>
            <BlocksView blocks={activity.text} />
          </div>
        </div>
      ) : null}
      <BlocksView blocks={text} />
      {facts.length > 0 ? (
        <dl className={classes.facts}>
          {facts.map((fact, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the card is drawn as a whole
            <div key={index} className={classes.fact}>
              <dt>{fact.name}</dt>
              <dd>
                <BlocksView blocks={fact.value} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {images.map((image, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the card is drawn as a whole
        <Picture key={index} {...image} />
      ))}
    </div>
  )
}
