import { refuseReasons } from '@huming/shared/door-reasons'
import { lineAmountFen, sumFen } from '@huming/shared/money'
import { isCanteen } from '@huming/shared/reference/buyer-classes'
import { tell } from './book.ts'
import type { Draft, DraftLine } from './draft.ts'
import type { DoneLine, DoneOrder, Night, Portion } from './evening.ts'
import { about, type LineFate, needsApproval, noteOrder, postHold, type Scene, voidHold } from './orders.ts'
import { noteWave } from './picking.ts'
import { noteRounds } from './rounds.ts'
import { noteSettlement } from './settlement.ts'

/** Lets a night run: wave, picks, totes, routes, deliveries, sums and signatures. */
export function noteNight(scene: Scene, night: Night): void {
  const done = night.drafts.map((draft) => runOrder(night, draft))
  if (done.length === 0) return
  const wave = noteWave(scene, night, done)
  const arrivals = noteRounds(scene, night, wave, done)
  for (const order of done) settle(scene, night, order, arrivals.get(order.draft.id) as Date)
}

function runOrder(night: Night, draft: Draft): DoneOrder {
  const failed = night.dice.chance(0.6)
  return { draft, failed, lines: draft.lines.map((line) => runLine(night, line, failed)) }
}

function runLine({ dice, sharesOf }: Night, line: DraftLine, failed: boolean): DoneLine {
  const unit = line.pack.order[1]
  const cut = line.units > 1 && dice.chance(1.5) ? unit : 0
  const refused = !failed && dice.chance(0.8) ? unit : 0
  const portions = sharesOf(line, line.quantity - cut).map((share, i): Portion => {
    // Weighed goods are a little lighter or heavier than ordered.
    const picked = line.pack.catchWeight
      ? Math.trunc((share.quantity * dice.whole(960, 1035)) / 1000)
      : share.quantity
    const back = failed ? picked : i === 0 ? Math.min(refused, picked) : 0
    share.lot.picked += picked
    return { ...share, picked, delivered: picked - back, refused: back }
  })
  const sum = (of: (portion: Portion) => number) => portions.reduce((total, one) => total + of(one), 0)
  const back = sum((one) => one.refused)
  const delivered = sum((one) => one.delivered)
  const fate: LineFate = {
    cut,
    cutReason: cut > 0 ? 'supply_short' : null,
    picked: sum((one) => one.picked),
    delivered,
    refused: back,
    refuseReason:
      back === 0
        ? null
        : failed
          ? 'closed'
          : dice.one(refuseReasons.filter((one) => one !== 'short' && one !== 'recalled')),
    finalFen: lineAmountFen({
      priceCentifen: line.centifen,
      pricingBase: line.basePerPriceUnit,
      quantity: delivered,
    }),
  }
  return { line, fate, portions }
}

/** The order's own rows, what is owed for it, and who signed for it. */
function settle(scene: Scene, night: Night, { draft, lines, failed }: DoneOrder, at: Date): void {
  const { book, now } = scene
  const crew = scene.crewOf(draft.site)
  const canteen = isCanteen(draft.site.buyer.buyerClass)
  const signers = crew.acceptors.slice(0, canteen ? 2 : 1)
  const signedAt = new Date(at.getTime() + night.dice.whole(40, 200) * 60_000)
  const signs = !failed && signedAt < now && !(night.isLast && (isStar(draft) || night.dice.chance(40)))
  const approvedAt = needsApproval(draft) ? new Date(draft.placedAt.getTime() + 300_000) : undefined
  noteOrder(scene, draft, {
    status: failed ? 'failed' : signs ? 'accepted' : 'delivered',
    version: signs ? 6 : 5,
    frozenAt: draft.cutOffAt,
    deliveredAt: at,
    lines: new Map(lines.map(({ line, fate }) => [line.id, fate])),
    ...(approvedAt ? { approvedAt } : {}),
    ...(signs ? { acceptedAt: signedAt } : {}),
  })
  tell(book, {
    type: 'order.frozen',
    at: draft.cutOffAt,
    ...about(draft),
    payload: { orderId: draft.id, day: draft.day },
  })
  const finalFen = sumFen(lines.map(({ fate }) => fate.finalFen ?? 0))
  const type = failed ? 'order.failed' : 'order.delivered'
  const eventId = tell(book, { type, at, ...about(draft), payload: { orderId: draft.id, finalFen } })
  if (failed) voidHold(book, draft, at, eventId)
  else {
    postHold(book, draft, finalFen, at, eventId)
    noteSettlement(book, draft, lines, { at, eventId }, scene.inForce)
  }
  if (!signs) return
  for (const personId of signers)
    book.acceptances.push({ orderId: draft.id, personId, at: signedAt, note: '' })
  const actor = { personId: signers.at(-1) ?? null, actorOrgId: draft.site.row.orgId }
  const payload = { orderId: draft.id, people: signers.length }
  tell(book, { type: 'order.accepted', at: signedAt, ...about(draft), ...actor, payload })
}

/** Buyers offered for signing in find their last delivery waiting for a signature. */
const isStar = ({ site }: Draft): boolean =>
  site.buyer.name === '凉城沙县小吃店' || site.buyer.name === '杨浦示范大学食堂'
