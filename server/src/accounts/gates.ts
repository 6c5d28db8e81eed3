import { organisations } from '@huming/db/schema/accounts'
import { serviceDayOf } from '@huming/shared/days'
import {
  type Gate,
  type GateSubject,
  type HeldPaper,
  type Lack,
  lackOf,
  lotLack,
  type PaperRule,
  paperLack,
  ruleFits,
  sellerLack,
} from '@huming/shared/gates'
import { PAPERS } from '@huming/shared/reference/papers'
import { eq, sql } from 'drizzle-orm'
import type { Ctx, Tx } from '../kernel/ctx.ts'
import { Fault } from '../kernel/fault.ts'
import { bareArray } from '../kernel/sql-arrays.ts'
import { type GateLot, type GateSku, readGateLots, readHeld, readRules, readSkus } from './paper-rows.ts'

/** What is to pass. Lots bring their packs with them; `quantities` (base units) stand for the lots' own. */
export type GateAsk = {
  readonly skuIds?: readonly string[]
  readonly lotIds?: readonly string[]
  readonly quantities?: ReadonlyMap<string, number>
  /** The day it is to happen on; left out: today. */
  readonly day?: string
}

/**
 * Refuses goods that lack a paper the rules in force on the day ask for at this gate: the seller's licences and
 * their classes, reports of the product, papers of each lot and how much of it they cover, and at `receive` the
 * filing of the hub. 食品安全法 Art. 53, 62; 农产品质量安全法 Art. 38–39; 上海市食品安全条例 Art. 19–23, 47, 50.
 *
 * Refuses with `licence_missing` (none, or not reviewed), `licence_expired`, `licence_out_of_scope`,
 * `licence_unchecked` (not compared with the register for too long: 电子商务法 Art. 27),
 * `edible_basis_missing`, `certificate_missing`, `certificate_expired` or `certificate_short`; each names the paper.
 */
export async function refuseGate(
  tx: Tx,
  ctx: Pick<Ctx, 'now' | 'locale'>,
  gate: Exclude<Gate, 'carry'>,
  ask: GateAsk,
): Promise<void> {
  const at = { gate, day: ask.day ?? serviceDayOf(ctx.now) }
  const rules = await readRules(tx)
  const lots = ask.lotIds?.length ? await readGateLots(tx, ask.lotIds) : []
  const skus = await readSkus(tx, [...new Set([...(ask.skuIds ?? []), ...lots.map((lot) => lot.skuId)])])
  const held = await readHeld(tx, [...new Set(skus.map((sku) => sku.orgId))])
  for (const sku of skus) {
    const lack = sellerLack(rules, held.get(sku.orgId) ?? [], sku, at)
    if (lack) throw await licenceFault(tx, ctx, sku.orgId, lack)
  }
  const bySku = new Map(skus.map((sku) => [sku.skuId, sku]))
  for (const lot of lots)
    refuseLot(ctx, rules, bySku, lot, { ...at, quantity: ask.quantities?.get(lot.lotId) })
  if (gate === 'receive') await refuseHubs(tx, ctx, rules, lots, at.day)
}

function refuseLot(
  ctx: Pick<Ctx, 'locale'>,
  rules: readonly PaperRule[],
  skus: ReadonlyMap<string, GateSku>,
  lot: GateLot,
  at: { gate: Gate; day: string; quantity: number | undefined },
): void {
  const category = skus.get(lot.skuId)?.category ?? ''
  const lack = lotLack(rules, lot.papers, { category, quantity: at.quantity ?? lot.quantity }, at)
  if (!lack || lack.paper === 'edible_basis' || lack.paper === 'register_check') return
  const codes = { expired: 'certificate_expired', short: 'certificate_short' } as const
  const code = lack.why === 'expired' || lack.why === 'short' ? codes[lack.why] : 'certificate_missing'
  throw new Fault(code, lot.code, {
    params: { paper: PAPERS[lack.paper][ctx.locale], lot: lot.code },
    lotId: lot.lotId,
    lotCode: lot.code,
    paper: lack.paper,
  })
}

/** Who takes goods in must have filed the storage or be licensed for it (上海市食品安全条例 Art. 21). */
async function refuseHubs(
  tx: Tx,
  ctx: Pick<Ctx, 'locale'>,
  rules: readonly PaperRule[],
  lots: readonly GateLot[],
  day: string,
): Promise<void> {
  const hubIds = [...new Set(lots.map((lot) => lot.hubId))]
  if (hubIds.length === 0) return
  const rows = await tx.execute<{ orgId: string }>(sql`
    select distinct org_id as "orgId" from hubs where id = any(${bareArray(hubIds)}::uuid[])`)
  for (const { orgId } of rows)
    await refuseHolder(tx, ctx, rules, { gate: 'receive', subject: 'hub', orgId, day })
}

/** Refuses a carrier that may not carry goods on the day (`licence_missing`, `licence_expired`). */
export async function refuseCarrier(
  tx: Tx,
  ctx: Pick<Ctx, 'now' | 'locale'>,
  orgId: string,
  day: string = serviceDayOf(ctx.now),
): Promise<void> {
  await refuseHolder(tx, ctx, await readRules(tx), { gate: 'carry', subject: 'carrier', orgId, day })
}

/** What is to leave: the vehicle with its owner, and who drives it. */
export type Carriage = {
  readonly orgId: string
  readonly vehicleId: string
  readonly driverPersonId: string | null
  /** The day it drives on. */
  readonly day: string
}

/**
 * Refuses a vehicle that may not carry goods on the day: its carrier's permit (道路运输条例), its 行驶证 and
 * disinfection (道路交通安全法 Art. 11, 13; GB 31605-2020), the driver's 健康证 (食品安全法 Art. 45), as the rule rows
 * in force ask for. Refuses with `licence_missing` or `licence_expired`, naming the paper and the plate or driver.
 */
export async function refuseCarriage(
  tx: Tx,
  ctx: Pick<Ctx, 'now' | 'locale'>,
  carriage: Carriage,
): Promise<void> {
  await refuseCarrier(tx, ctx, carriage.orgId, carriage.day)
  const [rules, held] = [
    await readRules(tx),
    (await readHeld(tx, [carriage.orgId])).get(carriage.orgId) ?? [],
  ]
  const at = { gate: 'carry', day: carriage.day } as const
  const { vehicleId, driverPersonId } = carriage
  const ofVehicle = held.filter((one) => one.vehicleId === vehicleId)
  const ofDriver = held.filter((one) => one.personId !== null && one.personId === driverPersonId)
  const lack =
    holderLack(rules, ofVehicle, { ...at, subject: 'vehicle' }) ??
    (driverPersonId === null ? null : holderLack(rules, ofDriver, { ...at, subject: 'driver' }))
  if (!lack || lack.paper === 'edible_basis' || lack.paper === 'register_check') return
  const [name] = await tx.execute<{ plate: string; driver: string }>(sql`
    select plate, coalesce((select name from people where id = ${driverPersonId}), '') as driver
    from vehicles where id = ${vehicleId}`)
  const isDriver = PAPERS[lack.paper].of === 'person'
  throw new Fault(lack.why === 'expired' ? 'licence_expired' : 'licence_missing', lack.paper, {
    params: {
      licence: PAPERS[lack.paper][ctx.locale],
      holder: (isDriver ? name?.driver : name?.plate) ?? '',
    },
    paper: lack.paper,
    why: lack.why,
  })
}

/** Vehicles and drivers of an organisation with what each lacks on the day to carry goods. */
export async function carriageLacks(
  tx: Tx,
  orgId: string,
  subjects: { vehicleIds: readonly string[]; personIds: readonly string[] },
  day: string,
): Promise<Map<string, Lack | null>> {
  const [rules, held] = [await readRules(tx), (await readHeld(tx, [orgId])).get(orgId) ?? []]
  const ofVehicle = Map.groupBy(held, (one) => one.vehicleId)
  const ofPerson = Map.groupBy(held, (one) => one.personId)
  const at = { gate: 'carry', day } as const
  return new Map([
    ...subjects.vehicleIds.map(
      (id) => [id, holderLack(rules, ofVehicle.get(id) ?? [], { ...at, subject: 'vehicle' })] as const,
    ),
    ...subjects.personIds.map(
      (id) => [id, holderLack(rules, ofPerson.get(id) ?? [], { ...at, subject: 'driver' })] as const,
    ),
  ])
}

type HolderAsk = { gate: Gate; subject: 'hub' | 'carrier'; orgId: string; day: string }

async function refuseHolder(
  tx: Tx,
  ctx: Pick<Ctx, 'locale'>,
  rules: readonly PaperRule[],
  ask: HolderAsk,
): Promise<void> {
  const held = (await readHeld(tx, [ask.orgId])).get(ask.orgId) ?? []
  const lack = holderLack(rules, held, ask)
  if (lack) throw await licenceFault(tx, ctx, ask.orgId, lack)
}

function holderLack(
  rules: readonly PaperRule[],
  held: readonly HeldPaper[],
  ask: { gate: Gate; subject: GateSubject; day: string },
): Lack | null {
  for (const rule of rules) {
    if (!ruleFits(rule, { ...ask, category: '' })) continue
    const lack = lackOf(rule.need, (kind) =>
      paperLack(
        held.filter((one) => one.kind === kind),
        ask.day,
      ),
    )
    if (lack) return lack
  }
  return null
}

async function licenceFault(tx: Tx, ctx: Pick<Ctx, 'locale'>, orgId: string, lack: Lack): Promise<Fault> {
  if (lack.paper === 'edible_basis') return new Fault('edible_basis_missing')
  if (lack.paper === 'register_check') return new Fault('licence_unchecked', '', { orgId })
  const [org] = await tx
    .select({ name: organisations.shortName })
    .from(organisations)
    .where(eq(organisations.id, orgId))
  const codes = { expired: 'licence_expired', scope: 'licence_out_of_scope' } as const
  const code = lack.why === 'expired' || lack.why === 'scope' ? codes[lack.why] : 'licence_missing'
  return new Fault(code, lack.paper, {
    params: { licence: PAPERS[lack.paper][ctx.locale], holder: org?.name ?? '' },
    paper: lack.paper,
    why: lack.why,
    orgId,
  })
}
