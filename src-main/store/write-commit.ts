/**
 * Commits groups of writes over one connection, wherever it is used: a group is one transaction; when
 * one of its entries fails, each is tried on its own, so that it alone is refused. While another program
 * has the database locked, all of it is refused at once.
 */
import type { Database } from './database.ts'
import type { Entry, Refusal, WriteValue } from './write-message.ts'

export interface Committer {
  /** Entries name statements by the order in which they were defined. @throws when it is none */
  define(sql: string): void
  /** Answers what of the group was refused. */
  commit(group: readonly Entry[]): Refusal[]
}

type Fault = Omit<Refusal, 'index'>

export function createCommitter(db: Database): Committer {
  const prepare = (sql: string) => db.prepare<WriteValue[]>(sql)
  const statements: ReturnType<typeof prepare>[] = []

  const write = (entry: Entry) => {
    for (const { statement, values } of entry) statements[statement]?.run(...values)
  }
  const writeAlone = db.transaction(write)
  const writeGroup = db.transaction((group: readonly Entry[]) => group.forEach(write))

  return {
    define: (sql) => {
      statements.push(prepare(sql))
    },
    commit: (group) => {
      try {
        writeGroup(group)
        return []
      } catch (error) {
        let lock = lockIn(error)
        return group.flatMap((entry, index) => {
          if (lock) return [{ index, ...lock }]
          try {
            writeAlone(entry)
            return []
          } catch (alone) {
            lock = lockIn(alone)
            return [{ index, ...faultOf(alone) }]
          }
        })
      }
    },
  }
}

/** Another program's; null when it was something else. */
function lockIn(error: unknown): Fault | null {
  const fault = faultOf(error)
  return fault.code.startsWith('SQLITE_BUSY') ? fault : null
}

function faultOf(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return { message, code }
}
