import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { anyOf } from './rows.ts'

/** A lot as consignments need it. */
export type ShippableLot = {
  id: string
  code: string
  orgId: string
  hubId: string
  stage: string
  quantity: number
  promised: number
  certificate: string
  readyDay: string
  useByDay: string
  zone: string
  minRemainingDays: number
}

/** Reads lots in id order. */
export const readLots = (tx: Tx, ids: readonly string[]): Promise<ShippableLot[]> => select(tx, ids, sql``)

/** Locks lots in id order and reads them. */
export const lockLots = (tx: Tx, ids: readonly string[]): Promise<ShippableLot[]> =>
  select(tx, ids, sql`for no key update of l`)

async function select(tx: Tx, ids: readonly string[], lock: SQL): Promise<ShippableLot[]> {
  const query = sql`select l.id, l.code, l.org_id as "orgId", l.hub_id as "hubId", l.stage, l.quantity,
      l.promised, l.certificate, l.ready_day as "readyDay", l.use_by_day as "useByDay", k.zone,
      k.min_remaining_days as "minRemainingDays"
    from lots l join skus k on k.id = l.sku_id where l.id = ${anyOf(ids)} order by l.id ${lock}`
  return [...(await tx.execute<ShippableLot>(query))]
}
