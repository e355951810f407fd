/** Addresses of images: which images a message carries itself, and what is shown of the others. */

const MOST_SHOWN = 2_000

/** Whether the image stands in the address itself, in a format that runs nothing. */
export function isCarried(url: string): boolean {
  return /^data:image\/(png|jpeg|gif|webp);base64,[a-z0-9+/=]{1,200000}$/i.test(url)
}

/** The address as it is shown; empty where there is none. */
export function pictureUrl(value: unknown): string {
  if (typeof value !== 'string') return ''
  return isCarried(value) ? value : value.slice(0, MOST_SHOWN)
}
