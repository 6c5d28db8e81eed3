import { addDays, instantAt, serviceDayOf } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { addWorkingDays } from '@huming/shared/working-days'
import { houseId } from '../cast/parties.ts'
import { type BuyerSite, buyerSites, centralHubId } from '../cast/places.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

type LotRow = Scene['book']['lots'][number]
type Handed = { readonly lot: LotRow; readonly bySite: ReadonlyMap<string, number> }

const minutesMs = 60_000
const starBuyer = '凉城沙县小吃店'

/**
 * A drill that was finished in 26 minutes twelve days ago, and an open level-2 recall of a lot that the shops have
 * had and tonight does not need: one shop has answered, one has not, the shop offered for signing in is asked.
 */
export function noteRecalls(scene: Scene): void {
  const [open, drilled] = handedOut(scene)
  if (open) noteOpenRecall(scene, open)
  if (drilled ?? open) noteDrill(scene, (drilled ?? open) as Handed)
}

/** Lots used up by deliveries that are over, with who got how much; those the sample shop had come first. */
function handedOut({ book, now }: Scene): Handed[] {
  const siteOf = new Map(book.orders.map((order) => [order.id, order.siteId]))
  const gone = new Map(
    book.lots
      .filter((lot) => lot.stage === 'used_up' && lot.hubId === centralHubId)
      .map((lot) => [lot.id, { lot, bySite: new Map<string, number>() }]),
  )
  for (const one of book.deliveries) {
    const to = gone.get(one.lotId)
    const siteId = siteOf.get(one.orderId)
    if (to && siteId && one.quantity > 0) to.bySite.set(siteId, (to.bySite.get(siteId) ?? 0) + one.quantity)
  }
  const star = new Set(sitesOfStar().map((site) => site.row.id))
  const rank = ({ lot, bySite }: Handed) =>
    ([...bySite.keys()].some((siteId) => star.has(siteId)) ? 1_000_000 : 0) +
    (bySite.size >= 4 ? 100_000 : 0) -
    (now.getTime() - instantAt(addDays(serviceDayOf(lot.createdAt), 0), 0).getTime()) / 86_400_000
  return [...gone.values()].filter((one) => one.bySite.size > 1).toSorted((a, b) => rank(b) - rank(a))
}

const sitesOfStar = (): BuyerSite[] => buyerSites().filter((site) => site.buyer.name === starBuyer)

const stepsOf = (from: Date, minutes: readonly number[]) =>
  minutes.map((one) => new Date(from.getTime() + one * minutesMs))

/** The end of the day so many working days later; sample days fall on no holiday. */
const workingDaysAfter = (at: Date, count: number): Date =>
  instantAt(addWorkingDays(serviceDayOf(at), count, new Map()), 1439)

const hoursAfter = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 60 * minutesMs)

function noteRecall(
  scene: Scene,
  { lot }: Handed,
  over: {
    name: string
    drill: boolean
    status: string
    knownAt: Date
    reason: string
    minutes: readonly number[]
  },
) {
  const { book } = scene
  const { knownAt, minutes, name, ...facts } = over
  const id = sampleId(`recall ${name}`, knownAt)
  const [createdAt, stoppedAt, scopedAt, notifiedAt, reportedAt, closedAt] = stepsOf(knownAt, minutes)
  const safety = houseId('operations')
  const officer = { personId: oneOf(safety, 'food_safety'), actorOrgId: safety }
  const recall = {
    id,
    number: sayableNumber(over.drill ? 'Y' : 'H', id),
    level: 2,
    cause: 'contamination',
    remedy: 'destroy',
    ...facts,
    knownAt,
    startDueAt: hoursAfter(knownAt, 48),
    finishDueAt: workingDaysAfter(knownAt, 20),
    answerMinutes: 240,
    ruleVersion: '2015/2020',
    createdBy: officer.personId,
    createdAt: createdAt as Date,
    stoppedAt: stoppedAt ?? null,
    scopedAt: scopedAt ?? null,
    notifiedAt: notifiedAt ?? null,
    retrievingAt: facts.status === 'retrieving' ? (notifiedAt ?? null) : null,
    reportedAt: reportedAt ?? null,
    closedAt: closedAt ?? null,
    stopped: { lots: 1, tasks: 0, shelves: 0, totes: 0, trucks: 0 },
    conclusion: '',
    isSample: true,
    version: 5,
  }
  book.recalls.push(recall)
  book.recallLots.push({
    recallId: id,
    lotId: lot.id,
    named: true,
    depth: 0,
    stageBefore: 'used_up',
    addedAt: createdAt as Date,
    stoppedAt: stoppedAt ?? null,
  })
  const types = [
    'recall.opened',
    over.drill ? 'recall.drill_stopped' : 'recall.stopped',
    'recall.scope_computed',
    'recall.notified',
    'recall.reported',
    'recall.closed',
  ]
  for (const [i, at] of [createdAt, stoppedAt, scopedAt, notifiedAt, reportedAt, closedAt].entries())
    if (at)
      tell(book, { type: types[i] as string, at, subjectId: id, ...officer, payload: { drill: over.drill } })
  return recall
}

type Note = { answeredAt?: Date; answeredBy?: string }

function noteNotice(
  scene: Scene,
  recall: ReturnType<typeof noteRecall>,
  at: { orgId: string; placeId: string; kind: 'buyer' | 'supplier'; lotId: string; quantity: number },
  said: Note & { kept?: number },
): string {
  const { book } = scene
  const { kept, ...answer } = said
  const id = sampleId(`notice ${recall.id} ${at.placeId}`, recall.scopedAt ?? recall.knownAt)
  const sentAt = recall.drill ? null : recall.notifiedAt
  book.recallNotices.push({
    id,
    recallId: recall.id,
    kind: at.kind,
    orgId: at.orgId,
    placeId: at.placeId,
    hubId: centralHubId,
    sentAt,
    answerDueAt: sentAt && hoursAfter(sentAt, 4),
    photoFileIds: [],
    answeredAt: null,
    answeredBy: null,
    ...answer,
  })
  book.recallNoticeGoods.push({
    noticeId: id,
    lotId: at.lotId,
    quantity: at.quantity,
    keptQuantity: kept ?? null,
    usedQuantity: kept === undefined ? null : at.quantity - kept,
  })
  if (sentAt)
    book.notices.push({
      id: sampleId(`told ${id}`, sentAt),
      orgId: at.orgId,
      key: 'notice.recall',
      params: { number: recall.number, level: recall.level, reason: recall.reason },
      subjectId: id,
      at: sentAt,
    })
  return id
}

const placesOf = ({ bySite }: Handed) => {
  const sites = new Map(buyerSites().map((site) => [site.row.id, site]))
  return [...bySite].flatMap(([siteId, quantity]) => {
    const site = sites.get(siteId)
    return site ? [{ site, quantity }] : []
  })
}

function noteOpenRecall(scene: Scene, handed: Handed): void {
  const { book, now } = scene
  const { lot } = handed
  const knownAt = new Date(now.getTime() - 200 * minutesMs)
  const recall = noteRecall(scene, handed, {
    name: 'open',
    drill: false,
    status: 'retrieving',
    knownAt,
    reason: '示例：留样复检农残超标',
    minutes: [8, 12, 15, 20],
  })
  lot.stage = 'recalled'
  lot.promisable = 0
  lot.holdReason = recall.number
  tell(book, {
    type: 'lot.recalled',
    at: recall.stoppedAt as Date,
    subjectId: lot.id,
    orgId: lot.orgId,
    hubId: lot.hubId,
    payload: { recallId: recall.id, number: recall.number, from: 'used_up', depth: 0 },
  })
  const star = sitesOfStar().map((site) => site.row.id)
  const others = placesOf(handed).filter(({ site }) => !star.includes(site.row.id))
  const at = (orgId: string, placeId: string, quantity: number) =>
    ({ orgId, placeId, kind: 'buyer', lotId: lot.id, quantity }) as const
  for (const { site, quantity } of placesOf(handed).filter((one) => star.includes(one.site.row.id)))
    noteNotice(scene, recall, at(site.row.orgId, site.row.id, quantity), {})
  for (const [i, { site, quantity }] of others.entries()) {
    const { orgId, id: siteId } = site.row
    if (i === 1) {
      noteNotice(scene, recall, at(orgId, siteId, quantity), {})
      continue
    }
    const kept = i === 0 ? Math.ceil(quantity / 2) : 0
    const answeredAt = new Date((recall.notifiedAt as Date).getTime() + (25 + i * 7) * minutesMs)
    const answer = { answeredAt, answeredBy: oneOf(orgId, 'purchaser'), kept }
    const noticeId = noteNotice(scene, recall, at(orgId, siteId, quantity), answer)
    if (kept > 0) noteTask(scene, recall, { noticeId, lotId: lot.id, quantity: kept, at: answeredAt })
  }
  const supplier = {
    orgId: lot.orgId,
    placeId: lot.orgId,
    kind: 'supplier',
    lotId: lot.id,
    quantity: 0,
  } as const
  noteNotice(scene, recall, supplier, {})
}

/** What a shop set aside waits for the warehouse to collect it. */
function noteTask(
  { book }: Scene,
  recall: { id: string },
  task: { noticeId: string; lotId: string; quantity: number; at: Date },
): void {
  book.recallTasks.push({
    id: sampleId(`recall task ${task.noticeId}`, task.at),
    recallId: recall.id,
    hubId: centralHubId,
    kind: 'buyer',
    lotId: task.lotId,
    placeId: task.noticeId,
    quantity: task.quantity,
    status: 'open',
    photoFileIds: [],
    createdAt: task.at,
  })
}

function noteDrill(scene: Scene, handed: Handed): void {
  const { lot } = handed
  const recall = noteRecall(scene, handed, {
    name: 'drill',
    drill: true,
    status: 'closed',
    knownAt: new Date(scene.now.getTime() - 12 * 86_400_000),
    reason: '示例：季度召回演练，假设异物投诉',
    minutes: [1, 3, 17, 26, 41, 45],
  })
  const written = scene.book.recalls.at(-1)
  if (written) written.conclusion = '示例：26 分钟列出全部流向，达到一小时目标。'
  for (const { site, quantity } of placesOf(handed))
    noteNotice(
      scene,
      recall,
      { orgId: site.row.orgId, placeId: site.row.id, kind: 'buyer', lotId: lot.id, quantity },
      {},
    )
}
