import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type SQL, sql } from 'drizzle-orm'
import { visibleHubIds, visibleOrgIds } from '../kernel/allow.ts'
import type { Ctx, Db } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { anyOf } from '../supply/rows.ts'

export type LotLabel = ContractReply<Contracts['production.lotLabel']>

/** What the label of a lot says: as it was made, or as its pack says where no label was kept. */
export async function readLotLabel(ctx: Ctx, id: string): Promise<LotLabel> {
  const orgIds = visibleOrgIds(ctx, 'lot.read')
  const hubIds = visibleHubIds(ctx, 'lot.read')
  const mine =
    orgIds === 'all' || hubIds === 'all'
      ? sql`true`
      : sql`(l.org_id = ${anyOf(orgIds)} or l.hub_id = ${anyOf(hubIds)})`
  return found((await labelsWhere(ctx.db, sql`l.id = ${id} and ${mine}`))[0])
}

/** Labels of lots for the papers of their delivery; the caller has asked who may read them. */
export const labelsOfLots = (db: Db, lotIds: readonly string[]): Promise<LotLabel[]> =>
  labelsWhere(db, sql`l.id = ${anyOf(lotIds)}`)

const labelsWhere = (db: Db, where: SQL): Promise<LotLabel[]> =>
  docs<LotLabel>(
    db,
    sql`select l.id as "lotId", l.code as "lotCode", p.name, k.spec,
        coalesce(t.ingredients, s.ingredients, '[]') as ingredients, coalesce(t.allergens, k.allergens) as allergens,
        coalesce(t.product_standard, s.product_standard, '') as "productStandard",
        coalesce(t.sc_number, s.sc_number, '') as "scNumber", coalesce(t.storage, k.storage) as storage,
        coalesce(t.producer, o.name) as producer,
        coalesce(t.producer_address, (select address from sites where org_id = o.id order by id limit 1), '') as "producerAddress",
        l.made_on as "madeOn", coalesce(t.shelf_life_days, k.shelf_life_days) as "shelfLifeDays",
        l.use_by_day as "useByDay", l.certificate,
        coalesce(t.prepared_dish_class, s.prepared_dish_class) as "preparedDishClass", l.quantity, k.base_unit as "baseUnit"
      from lots l join skus k on k.id = l.sku_id join products p on p.id = k.product_id
      join organisations o on o.id = k.org_id left join lot_labels t on t.lot_id = l.id
      left join sku_labels s on s.sku_id = k.id where ${where}`,
  )
