import { isDeepStrictEqual } from 'node:util'
import { Fault } from '../kernel/fault.ts'

/**
 * What to do with a write of a versioned thing under the caller's id. The first write has version 0, a change
 * names the version it was made from.
 * - `create`: nothing is there yet.
 * - `repeat`: the very write that made the present version came again; answer as then, write nothing.
 * - `change`: write the next version.
 * Refuses a used id (`id_reused`), a change of something else's newer state (`stale_version`) or of nothing
 * (`not_found`).
 */
export function writeKind<T extends object>(
  before: (T & { version: number }) | undefined,
  fields: Partial<T>,
  version: number,
): 'create' | 'repeat' | 'change' {
  if (!before) {
    if (version === 0) return 'create'
    throw new Fault('not_found')
  }
  if (before.version === version) return 'change'
  if (before.version === version + 1 && holds(before, fields)) return 'repeat'
  throw new Fault(version === 0 ? 'id_reused' : 'stale_version')
}

/** Does the row already hold all of these values? */
const holds = <T extends object>(row: T, fields: Partial<T>): boolean =>
  Object.entries(fields).every(([key, value]) => isDeepStrictEqual(row[key as keyof T], value))
