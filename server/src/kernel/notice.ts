import { notices } from '@huming/db/schema/events'
import { newId } from '@huming/shared/ids'
import type { Tx } from './ctx.ts'

export type NewNotice = {
  readonly orgId: string
  /** Message key of the catalogue, and the values of its marks. */
  readonly key: string
  readonly params: Record<string, string | number>
  /** What it is about: an order, a lot. */
  readonly subjectId?: string | null
  readonly at: Date
}

/** Tells the people of an organisation something, in the transaction of the act it tells of. */
export const notify = (tx: Tx, notice: NewNotice): Promise<void> => notifyAll(tx, [notice])

/** `notify` for several in one statement. */
export async function notifyAll(tx: Tx, list: readonly NewNotice[]): Promise<void> {
  if (list.length > 0) await tx.insert(notices).values(list.map((notice) => ({ id: newId(), ...notice })))
}
