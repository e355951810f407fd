/**
 * An image of a message. Nothing is loaded from a network: a placeholder says what it shows and
 * where it lies. Images that the message itself carries are drawn.
 */
import { IconPhoto } from '@tabler/icons-react'
import classes from './picture.module.css'
import { isCarried } from './picture-url.ts'

interface PictureProps {
  readonly url: string
  readonly alt: string
  /** `small` beside text, `icon` within a line. */
  readonly size?: 'full' | 'small' | 'icon'
}

export function Picture({ url, alt, size = 'full' }: PictureProps) {
  const name = alt || 'An image without a description'
  if (isCarried(url)) return <img className={classes.image} data-size={size} src={url} alt={alt} />
  return (
    <span
      className={classes.picture}
      data-size={size}
      role="img"
      aria-label={name}
      title={size === 'full' ? undefined : name}
    >
      <IconPhoto size={size === 'icon' ? 14 : 18} aria-hidden />
      {size === 'full' ? (
        <span className={classes.words}>
          <span className={classes.alt}>{name}</span>
          <span className={classes.url}>{url}</span>
        </span>
      ) : null}
    </span>
  )
}
