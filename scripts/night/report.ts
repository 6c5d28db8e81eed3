import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { eachOf } from './client.ts'
import { count, type Night, type Placed } from './night.ts'
import { until } from './warehouse.ts'

type Audit = ContractReply<Contracts['reports.runAudit']>

export type NightReport = {
  placed: number
  refused: number
  cancelled: number
  lines: number
  fillRate: number
  cuts: Record<string, number>
  routes: number
  stops: number
  delivered: number
  refusedAtDoor: number
  plan: { draftKm: number; draftFen: number; km: number; fen: number } | null
  /** Whether the clock was moved through the hours of the delivery; if not, nobody can be late. */
  clockMoved: boolean
  onTimeShare: number
  late: {
    doors: number
    worstMinutes: number
    told: number
    by: Record<string, number>
    left: number
    jams: number
    dangerAtOnce: number
  }
  doorsShut: number
  doorDecisions: Record<string, number>
  withoutVehicle: number
  secondTrips: number
  relayedStops: number
  actsSentLater: number
  actsSentTwice: number
  recalls: number
  temperature: { readings: number; alarms: number; decided: number; open: number }
  audit: { checks: number; breaches: number }
}

/** Reads every order back from the product: what was asked, what was cut and why, what arrived. */
export async function readOutcome({ client, staff, tally }: Night, placed: readonly Placed[]): Promise<void> {
  await eachOf(placed, 16, async ({ id }) => {
    const order = await client.call('orders.read', { params: { id } }, staff.admin)
    for (const line of order.lines) {
      tally.orderedBase += line.quantity
      tally.deliveredBase += line.deliveredQuantity ?? 0
      if (line.cutQuantity > 0) count(tally.cuts, line.cutReason ?? 'unknown')
    }
    if (order.status === 'delivered' || order.status === 'accepted') tally.delivered++
    if (order.status === 'failed') tally.failed++
    if (order.status === 'cancelled') count(tally.cuts, `order_${order.cancelReason ?? 'cancelled'}`)
  })
}

/** Waits until every event was relayed, then lets the product prove its books. */
export async function auditNight({ client, staff }: Night): Promise<Audit> {
  await until('relaying the last events', async () => {
    const { items } = await client.call('reports.queues', {}, staff.admin)
    const events = items.find((one) => one.queue === 'events')
    return (
      events &&
      (events.counts['unrelayed'] ?? 0) === 0 &&
      (events.counts['active'] ?? 0) === 0 &&
      (events.counts['waiting'] ?? 0) === 0
    )
  })
  return client.call('reports.runAudit', {}, staff.admin)
}

/** What came of the quantities ordered by the night's own buyers, in base units: 1 is everything. */
const fillRate = ({ tally }: Night): number => share(tally.deliveredBase, tally.orderedBase)
const share = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000

function planOf({ tally: { draft, planned } }: Night): NightReport['plan'] {
  if (!draft || !planned) return null
  const km = (metres: number) => Math.round(metres / 100) / 10
  return { draftKm: km(draft.metres), draftFen: draft.fen, km: km(planned.metres), fen: planned.fen }
}

const lateOf = ({ tally }: Night): NightReport['late'] => ({
  doors: tally.reached - tally.reachedInTime,
  worstMinutes: tally.worstLateMinutes,
  told: tally.lateTold,
  by: tally.lateBy,
  left: tally.leftLate,
  jams: tally.jams,
  dangerAtOnce: tally.danger,
})

export function reportOf(night: Night, audit: Audit): NightReport {
  const { placed, cancelled, lines, cuts, routes, stops, delivered, refusedAtDoor } = night.tally
  const refused = Object.values(night.tally.refused).reduce((sum, n) => sum + n, 0)
  const breaches = audit.checks.reduce((sum, check) => sum + check.breachCount, 0)
  return {
    placed,
    refused,
    cancelled,
    lines,
    fillRate: fillRate(night),
    cuts,
    routes,
    stops,
    delivered,
    refusedAtDoor,
    plan: planOf(night),
    clockMoved: night.clock.movable,
    onTimeShare: share(night.tally.reachedInTime, night.tally.reached),
    late: lateOf(night),
    doorsShut: night.tally.shut,
    doorDecisions: night.tally.decisions,
    withoutVehicle: night.tally.unassigned,
    secondTrips: night.tally.secondTrips,
    relayedStops: night.tally.relayed,
    actsSentLater: night.tally.sentLater,
    actsSentTwice: night.tally.sentTwice,
    recalls: night.tally.recalls,
    temperature: {
      readings: night.tally.readings,
      alarms: night.tally.alarms,
      decided: night.tally.decided,
      open: night.tally.alarmsOpen,
    },
    audit: { checks: audit.checks.length, breaches },
  }
}

const listed = (of: Record<string, number>): string =>
  Object.entries(of)
    .map(([key, n]) => `${key} ${n}`)
    .join(', ') || '—'

/** How the drivers kept their windows. */
function lateRows({ tally }: Night, { late, clockMoved, onTimeShare }: NightReport): [string, string][] {
  const inTime = `${tally.reachedInTime} of ${tally.reached}`
  if (!clockMoved)
    return [['doors reached in time', `${inTime}, hours before their windows: this clock cannot be moved`]]
  return [
    ['doors reached in time', `${inTime} (${(onTimeShare * 100).toFixed(1)} %)`],
    ['  late doors by cause', `${listed(late.by)}; the worst by ${late.worstMinutes} min`],
    ['  buyers told before it came', `${late.told} of ${late.doors}`],
    ['  trucks that left late / jams', `${late.left} / ${late.jams}`],
    ['  doors in danger at once, at most', String(late.dangerAtOnce)],
  ]
}

/** The table at the end of the night. */
export function printTable(night: Night, report: NightReport, audit: Audit, seconds: number): void {
  const { tally, client } = night
  const rows: [string, string | number][] = [
    ['delivery day', night.day],
    ['orders placed', report.placed],
    ['  edited / sent twice', `${tally.edited} / ${tally.repeated}`],
    ['orders refused', `${report.refused} (${listed(tally.refused)})`],
    ['orders cancelled', report.cancelled],
    ['lines', report.lines],
    ['fill rate (quantity)', `${(report.fillRate * 100).toFixed(2)} %`],
    ['cuts by reason', listed(report.cuts)],
    ['routes / stops', `${report.routes} / ${report.stops}`],
    [
      '  nearest neighbour → driven',
      report.plan
        ? `${report.plan.draftKm} → ${report.plan.km} km, ${report.plan.draftFen} → ${report.plan.fen} fen`
        : '—',
    ],
    ['trips after a reload', tally.secondTrips],
    ['orders without a vehicle', tally.unassigned],
    ['trucks broken at dock / stops relayed', `${tally.brokenAtDock} / ${tally.relayed}`],
    ...lateRows(night, report),
    ['doors that stayed shut', `${tally.shut}: ${listed(tally.decisions)}`],
    ['phones offline / acts later / twice', `${tally.offline} / ${tally.sentLater} / ${tally.sentTwice}`],
    ['recalls', tally.recalls],
    [
      'temperature readings / alarms / decided',
      `${tally.readings} / ${tally.alarms} / ${tally.decided}, ${tally.alarmsOpen} left open`,
    ],
    ['orders delivered', report.delivered],
    ['  refusals at the door', report.refusedAtDoor],
    ['  orders not delivered', tally.failed],
    ['orders accepted', tally.accepted],
    ['HTTP requests', `${client.requests} in ${seconds.toFixed(0)} s`],
    ['audit', `${report.audit.checks} checks, ${report.audit.breaches} breaches`],
  ]
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}${value}`)
  for (const one of tally.stranded) console.log(`  without a vehicle: ${one}`)
  for (const check of audit.checks.filter((one) => one.breachCount > 0))
    console.log(`  ✗ ${check.name}: ${check.breaches.join(' ')}`)
}
