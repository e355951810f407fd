/** Numbers and sizes in words, the thousands set apart by a narrow space that does not break. */

const THIN_SPACE = '\u202f'

/** `1 204` */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
}

/** Exact up to 9 999 bytes (`1 204 B`), then one decimal of KB, MB or GB (of 1 024). */
export function formatBytes(bytes: number): string {
  if (bytes < 10_000) return `${formatCount(bytes)} B`
  let size = bytes / 1024
  for (const unit of ['KB', 'MB']) {
    if (size < 1023.95) return `${roundedSize(size)} ${unit}`
    size /= 1024
  }
  return `${roundedSize(size)} GB`
}

function roundedSize(size: number): string {
  return size < 100 ? size.toFixed(1).replace(/\.0$/, '') : formatCount(size)
}

/** `1 delivery`, `2 deliveries` */
export function counted(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
