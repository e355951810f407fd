/** Why the database cannot be written, in the user's words; from SQLite's and the system's codes. */

/** @returns null when the error is about something else */
export function storageFault(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return 'The disk that holds the data folder is full. Make room on it; nothing is lost meanwhile.'
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES') {
    return 'The data folder cannot be written. Check its permissions; nothing is lost meanwhile.'
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return 'Another program, such as a database browser or a backup, has the database locked. Let it end what it does; nothing is lost meanwhile.'
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN' || code === 'EIO') {
    return 'The disk that holds the data folder does not work as it should. Check it; nothing is lost meanwhile.'
  }
  return null
}
