import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { nextStatus } from '@huming/shared/flows'
import { onSale } from '@huming/shared/gates'
import { newId, sayableNumber } from '@huming/shared/ids'
import type { Locale } from '@huming/shared/locale'
import { sumFen } from '@huming/shared/money'
import { type Actor, can } from '@huming/shared/permissions'
import { allow } from '../kernel/allow.ts'
import { Fault, found } from '../kernel/fault.ts'
import { availableFen } from '../ledger/rules.ts'
import { allocateFefo, keepCalledOff, type LotShare } from '../stock/allocation.ts'
import { dayAnswer, daysAheadMax, termsOf, withinHorizon } from './calendar.ts'
import {
  type BuyerSite,
  type CreditAccount,
  contractLeft,
  packAtHub,
  type StandingOrder,
  spend,
  type World,
} from './place-world.ts'
import * as refuse from './refusals.ts'
import {
  duplicateLines,
  needsApproval,
  type OrderedSku,
  onStep,
  type Priced,
  priceLine,
  windowOffered,
} from './rules.ts'

type Route = Contracts['orders.place']
export type PlaceReply = ContractReply<Route>

/** One request to place or change an order. */
export type PlaceAsk = ContractParsed<Route>['body'] & {
  readonly id: string
  /** Of the body: tells a repeat from another request under the same id. */
  readonly hash: string
  readonly actor: Extract<Actor, { kind: 'person' }>
  readonly now: Date
  readonly locale: Locale
}
export type PlacedLine = Priced & {
  readonly id: string
  readonly sku: OrderedSku
  readonly units: number
  readonly shares: readonly LotShare[]
}
/** An order to write. */
export type PlacedOrder = {
  readonly ask: PlaceAsk
  readonly site: BuyerSite
  readonly before: StandingOrder | null
  readonly account: CreditAccount
  readonly lines: readonly PlacedLine[]
  readonly approvedBy: string | null
  readonly holdId: string
  readonly eventId: string
  readonly reply: PlaceReply
}
export type Decision = { readonly write: PlacedOrder | null; readonly reply: PlaceReply }

/**
 * Decides one order over the locked rows by pure rules: accepts it, moving lots and credit in `world` for those
 * decided after it, or throws the refusal and leaves `world` as it was.
 */
export function decideOrder(world: World, ask: PlaceAsk): Decision {
  const before = world.orders.get(ask.id) ?? null
  const standing = before && standingReply(world, ask, before)
  if (standing) return { write: null, reply: standing }
  if (!before && ask.version > 0) throw new Fault('not_found')
  const site = found(world.sites.get(ask.siteId))
  allow(ask, before ? 'order.edit' : 'order.place', { orgId: site.orgId })
  const { cutOffAt, minimumFen } = checkDay(world, site, ask)
  const account = world.accounts.get(site.orgId)
  if (!account) throw refuse.creditExceeded(0)
  free(world, account, before)
  try {
    const priced = checkLines(world, site, ask)
    const totalFen = checkTotal(priced, minimumFen, ask)
    const lines = allocate(world, site, priced, ask, before)
    checkCredit(account, totalFen, before)
    take(world, account, lines, totalFen)
    const write = placed(ask, site, before, account, lines, totalFen, cutOffAt)
    return { write, reply: write.reply }
  } catch (error) {
    unfree(world, account, before)
    throw error
  }
}

/** The answer to a repeat; null when the standing order may be changed as asked; else the refusal. */
function standingReply(world: World, ask: PlaceAsk, before: StandingOrder): PlaceReply | null {
  allow(ask, 'order.place', { orgId: before.orgId })
  const { id, number, version, totalFen } = before
  const site = world.sites.get(ask.siteId)
  if (before.requestHash === ask.hash && site) {
    const { cutOffAt } = dayAnswer(world.calendar, site, ask.day as ServiceDay, ask.now)
    const status = before.status as PlaceReply['status']
    return { id, number, status, version, totalFen, cutOffAt: cutOffAt.toISOString() }
  }
  if (ask.version === 0) throw new Fault('id_reused')
  if (ask.version !== version) throw new Fault('stale_version')
  if (before.status === 'frozen' && before.frozenAt) throw refuse.cutOffPassed(before.frozenAt, ask.locale)
  if (!nextStatus('order', before.status, 'edit')) throw new Fault('wrong_state')
  const old = termsOf(world.calendar.terms, before.hubId, before.buyerClass, before.day as ServiceDay)
  if (ask.now >= old.cutOffAt) throw refuse.cutOffPassed(old.cutOffAt, ask.locale)
  return null
}

function checkDay(world: World, site: BuyerSite, ask: PlaceAsk) {
  if (!withinHorizon(ask.day, ask.now))
    throw new Fault('day_out_of_range', '', { params: { days: daysAheadMax } })
  const answer = dayAnswer(world.calendar, site, ask.day as ServiceDay, ask.now)
  if (answer.reason) throw refuse.dayRefused(answer, ask.locale)
  if (!windowOffered(site, ask)) throw new Fault('window_not_offered')
  return answer
}

type PricedLine = Priced & { readonly sku: OrderedSku; readonly units: number }

function checkLines(world: World, site: BuyerSite, ask: PlaceAsk): PricedLine[] {
  if (ask.lines.length === 0) throw new Fault('order_empty')
  const twice = duplicateLines(ask.lines)
  if (twice.length > 0) throw refuse.badLines(twice, 'skuId', 'duplicate')
  const unknown = positions(ask, ({ skuId }) => !world.skus.has(skuId))
  if (unknown.length > 0) throw refuse.badLines(unknown, 'skuId', 'unknown')
  const wanted = ask.lines.map(({ skuId, units }) => ({ sku: world.skus.get(skuId) as OrderedSku, units }))
  const off = wanted.flatMap(({ sku, units }, i) => (onStep(sku, units) ? [] : [{ i, sku }]))
  if (off.length > 0) throw refuse.offStep(off)
  const at = { today: serviceDayOf(ask.now), day: ask.day }
  const gone = wanted.flatMap(({ sku }, i) =>
    sku.onOffer && onSale(sku, at) ? [] : [{ i, skuId: sku.id, availableUnits: 0 }],
  )
  if (gone.length > 0) throw refuse.notAvailable(gone)
  const left = contractLeft(world)
  const priced = wanted.map((line) => priceLine(line.sku, line.units, site, ask.day as ServiceDay, left))
  const missing = priced.flatMap((price, i) => (price === 'price_missing' ? [i] : []))
  if (missing.length > 0) throw refuse.priceMissing(missing)
  const tooLarge = priced.flatMap((price, i) => (price === 'too_large' ? [i] : []))
  if (tooLarge.length > 0) throw refuse.badLines(tooLarge, 'units', 'too_large')
  return wanted.map((line, i) => ({ ...line, ...(priced[i] as Priced) }))
}

const positions = (ask: PlaceAsk, test: (line: PlaceAsk['lines'][number]) => boolean): number[] =>
  ask.lines.flatMap((line, i) => (test(line) ? [i] : []))

function checkTotal(lines: readonly PricedLine[], minimumFen: number, ask: PlaceAsk): number {
  const totalFen = sumFen(lines.map((line) => line.amountFen))
  if (totalFen !== ask.expectedTotalFen) throw refuse.totalChanged(totalFen)
  if (totalFen < minimumFen) throw refuse.belowMinimum(totalFen, minimumFen)
  return totalFen
}

/** Promises for every line, or the refusal that names each short line and what it could still have. */
function allocate(
  world: World,
  site: BuyerSite,
  lines: readonly PricedLine[],
  ask: PlaceAsk,
  before: StandingOrder | null,
): PlacedLine[] {
  const short: { i: number; skuId: string; availableUnits: number }[] = []
  const shared = lines.map((line, i) => {
    const { sku, quantity } = line
    const need = { quantity, day: ask.day, minRemainingDays: sku.minRemainingDays }
    const shelf = world.shelves.get(packAtHub(sku.id, site.hubId)) ?? []
    const kept = keepCalledOff(shelf, before?.day === ask.day ? before.promises : [], need)
    const rest = quantity - kept.reduce((sum, share) => sum + share.quantity, 0)
    const shares = [...kept, ...allocateFefo(shelf, { ...need, quantity: rest })]
    const got = shares.reduce((sum, share) => sum + share.quantity, 0)
    if (got < quantity) {
      short.push({ i, skuId: sku.id, availableUnits: Math.floor(got / sku.basePerOrderUnit) })
    }
    return { ...line, id: newId(), shares }
  })
  if (short.length > 0) throw refuse.notAvailable(short)
  return shared
}

/** A change may always make an order smaller, even when the limit was lowered below what is held. */
function checkCredit(account: CreditAccount, totalFen: number, before: StandingOrder | null): void {
  const available = availableFen(account)
  if (available === null || totalFen <= available || totalFen <= (before?.hold?.amountFen ?? 0)) return
  throw refuse.creditExceeded(available)
}

function free(world: World, account: CreditAccount, before: StandingOrder | null): void {
  if (before) move(world, account, before.promises, before.hold?.amountFen ?? 0, -1)
  for (const { contractLineId, quantity } of before?.taken ?? []) spend(world, contractLineId, -quantity)
}

function unfree(world: World, account: CreditAccount, before: StandingOrder | null): void {
  if (before) move(world, account, before.promises, before.hold?.amountFen ?? 0, 1)
  for (const { contractLineId, quantity } of before?.taken ?? []) spend(world, contractLineId, quantity)
}

function take(world: World, account: CreditAccount, lines: readonly PlacedLine[], totalFen: number): void {
  for (const line of lines) {
    move(world, account, line.shares, 0, 1)
    if (line.contractLineId) spend(world, line.contractLineId, line.quantity)
  }
  account.debitsPendingFen += totalFen
}

function move(
  world: World,
  account: CreditAccount,
  shares: readonly LotShare[],
  fen: number,
  sign: 1 | -1,
): void {
  for (const { lotId, quantity } of shares) found(world.lots.get(lotId)).promised += sign * quantity
  account.debitsPendingFen += sign * fen
}

function placed(
  ask: PlaceAsk,
  site: BuyerSite,
  before: StandingOrder | null,
  account: CreditAccount,
  lines: readonly PlacedLine[],
  totalFen: number,
  cutOffAt: Date,
): PlacedOrder {
  const byApprover = can(ask.actor, 'order.approve', { orgId: site.orgId }) === true
  const waits = needsApproval(totalFen, site.approvalAboveFen, byApprover)
  const above = site.approvalAboveFen !== null && totalFen > site.approvalAboveFen
  const reply: PlaceReply = {
    id: ask.id,
    number: before?.number ?? sayableNumber('D', ask.id),
    status: waits ? 'awaiting_approval' : 'placed',
    version: (before?.version ?? 0) + 1,
    totalFen,
    cutOffAt: cutOffAt.toISOString(),
  }
  const approvedBy = above && byApprover ? ask.actor.personId : null
  return { ask, site, before, account, lines, approvedBy, holdId: newId(), eventId: newId(), reply }
}
