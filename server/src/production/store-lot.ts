import { lotLabels } from '@huming/db/schema/production'
import { lots } from '@huming/db/schema/stock'
import { serviceDayOf } from '@huming/shared/days'
import type { Zone } from '@huming/shared/reference/zones'
import { sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { emit } from '../kernel/emit.ts'
import { defaultBin, moveGoods } from '../stock/bin-moves.ts'
import { copyLotPapers, issueMakersPaper } from '../stock/lot-papers.ts'
import { lotCodeOf } from '../stock/rules.ts'
import { linkGoods } from '../stock/trace-edges.ts'
import { contentsOf } from './contents.ts'
import type { Receipt } from './receive-material.ts'
import type { PackFacts } from './recipe-rows.ts'

type Stored = {
  readonly lotId: string
  readonly row: Receipt
  readonly pack: PackFacts
  /** Accepted, base units. */
  readonly quantity: number
  readonly eventId: string
}

/**
 * Accepted material as a lot of the maker's store: in its reserve bin, with the papers and the label of the goods it
 * came from, and linked to their lot. It belongs to the maker from now on.
 */
export async function storeLot(tx: Tx, ctx: Ctx, stored: Stored): Promise<void> {
  const { lotId, row, pack, quantity, eventId } = stored
  const today = serviceDayOf(ctx.now)
  await tx.insert(lots).values({
    id: lotId,
    code: lotCodeOf(pack.code, today, lotId),
    skuId: pack.skuId,
    orgId: row.orgId,
    hubId: row.hubId,
    stage: 'received',
    quantity,
    promisable: quantity,
    capBp: 0,
    madeOn: row.madeOn,
    readyDay: today,
    useByDay: row.useByDay,
    certificate: row.certificate,
    isSample: row.isSample,
    createdAt: ctx.now,
  })
  const bin = await defaultBin(tx, row.hubId, pack.zone as Zone, 'reserve')
  await moveGoods(tx, ctx, {
    lotId,
    fromBinId: null,
    toBinId: bin.id,
    quantity,
    kind: 'receive',
    subjectId: row.id,
    eventId,
  })
  if (row.sourceLotId) {
    await linkGoods(tx, [
      { kind: 'moved', fromId: row.sourceLotId, toId: lotId, quantity, eventId, at: ctx.now },
    ])
    await copyLotPapers(tx, ctx, { fromLotId: row.sourceLotId, toLotId: lotId, quantity })
    await copyLabel(tx, row, lotId)
  } else {
    await issueMakersPaper(tx, ctx, {
      id: lotId,
      category: pack.category,
      quantity,
      number: row.certificate,
      issuer: row.supplierName,
      issuedOn: row.madeOn,
    })
    await tx.insert(lotLabels).values({
      lotId,
      orgId: row.orgId,
      allergens: pack.allergens,
      ingredients: [],
      productStandard: '',
      scNumber: row.supplierLicence,
      storage: pack.storage,
      producer: row.supplierName,
      producerAddress: row.supplierAddress,
      shelfLifeDays: pack.shelfLifeDays,
      preparedDishClass: null,
    })
  }
  await emit(tx, ctx, {
    type: 'lot.received',
    subjectId: lotId,
    orgId: row.orgId,
    hubId: row.hubId,
    payload: { quantity, receiptId: row.id, sourceLotId: row.sourceLotId },
  })
}

/** The label goes with the goods; allergens by their whole genealogy. */
async function copyLabel(tx: Tx, row: Receipt, lotId: string): Promise<void> {
  const { allergens } = await contentsOf(tx, [lotId])
  await tx.execute(sql`
    insert into lot_labels (lot_id, org_id, allergens, ingredients, product_standard, sc_number, storage, producer,
      producer_address, shelf_life_days, prepared_dish_class)
    select ${lotId}::uuid, ${row.orgId}::uuid, ${sql.param([...allergens])}::text[],
      coalesce(t.ingredients, s.ingredients, '[]'), coalesce(t.product_standard, s.product_standard, ''),
      coalesce(t.sc_number, s.sc_number, ${row.supplierLicence}), coalesce(t.storage, k.storage),
      coalesce(t.producer, ${row.supplierName}), coalesce(t.producer_address, ${row.supplierAddress}),
      k.shelf_life_days, coalesce(t.prepared_dish_class, s.prepared_dish_class)
    from skus k left join lot_labels t on t.lot_id = ${row.sourceLotId} left join sku_labels s on s.sku_id = k.id
    where k.id = ${row.skuId}`)
}
