/** What stands in the place of a receiver for requests that were imported. */
import { counted } from '../ui/bytes.ts'
import classes from './captures.module.css'

export function ImportedCard({ count }: { readonly count: number }) {
  return (
    <section className={classes.receiver} aria-label="Imported requests">
      <div className={classes.cardHead}>
        <h2 className={classes.title}>Imported</h2>
        <span className={classes.quiet}>{counted(count, 'request', 'requests')}</span>
      </div>
      <p className={classes.sentence}>
        No receiver got these. Replayed as they are, they go to the URL that they were for.
      </p>
    </section>
  )
}
