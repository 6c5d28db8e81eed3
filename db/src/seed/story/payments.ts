import { instantAt, serviceDayOf } from '@huming/shared/days'
import { buyerId, houseId, receivableId } from '../cast/parties.ts'
import { sampleBuyers } from '../content/buyers.ts'
import { sampleEpoch, sampleId } from '../ids.ts'
import { codeOf, line, lineId, move, noteImport, noteReceived, plain, type Received } from './bank.ts'
import { tell } from './book.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

const house = houseId('operations')
const minute = 60_000

/** The shop and the canteen that can be signed in as. */
const names = ['凉城沙县小吃店', '杨浦示范大学食堂'] as const
type Buyer = (typeof sampleBuyers)[number]

function named(name: string): Buyer {
  const buyer = sampleBuyers.find((one) => one.name === name)
  if (!buyer) throw new Error(`no sample buyer ${name}`)
  return buyer
}

/**
 * Money of today (示例): a bank statement with a line matched by its pay code, one to confirm, one unknown and one set
 * aside; a top-up by Alipay; a transfer announced; a refund that waits for its second person. After the statements: no
 * period that was cut has any of it; what paid those is written with them, see `notePaid`.
 */
export function notePayments(scene: Scene): void {
  const { book, now } = scene
  book.receivingAccounts.push({
    id: sampleId('receiving account'),
    orgId: house,
    holder: '沪明直供货款监管专户（示例）',
    bank: '示例银行上海嘉定支行',
    number: '6222000000000000001',
    validFrom: '2024-01-01',
    validTo: '2099-12-31',
    isSample: true,
  })
  for (const buyer of sampleBuyers)
    book.payCodes.push({
      code: codeOf(buyer),
      orgId: buyerId(buyer),
      statementId: null,
      createdAt: sampleEpoch,
    })
  // Not before the morning: what was stated ended last night.
  const dawn = instantAt(serviceDayOf(now), 15).getTime()
  const at = (minutesAgo: number) =>
    new Date(Math.min(now.getTime(), Math.max(dawn, now.getTime() - minutesAgo * minute)))
  noteBank(scene, at)
  noteOnline(scene, at(40))
  noteAnnounced(scene, at(20))
}

type At = (minutesAgo: number) => Date

function noteBank(scene: Scene, at: At): void {
  const [shop, canteen] = [named(names[0]), named(names[1])]
  const open = openStatement(scene, shop)
  const due = openStatement(scene, canteen)
  const lines = [
    line(0, '凉城沙县小吃店林店长', open?.dueFen ?? 128_000, `货款 ${codeOf(shop)}`, 'matched'),
    line(1, canteen.name, due?.dueFen ?? 356_000, '食堂货款', due ? 'proposed' : 'unmatched'),
    line(2, '周某某（示例）', 66_600, '转错', 'unmatched'),
    line(3, '示例银行', 315, '存款利息', 'ignored'),
  ] as const
  noteImport(scene, at(90), lines, (one) => {
    if (one.status === 'proposed') return { proposedOrgId: buyerId(canteen) }
    if (one.status === 'ignored')
      return { reason: '银行存款利息（示例）', decidedBy: oneOf(house, 'ops_finance'), decidedAt: at(90) }
    if (one.status !== 'matched') return {}
    const fen = one.amountFen
    noteReceived(scene, { id: lineId(one, at(90)), at: at(90), buyer: shop, fen, statementId: open?.id })
    noteRefund(scene, { id: lineId(one, at(90)), at: at(90), buyer: shop, fen })
    return { paymentId: lineId(one, at(90)), decidedAt: at(90) }
  })
}

/** A part of a payment asked back. */
function noteRefund({ book }: Scene, { id, at, buyer, fen }: Omit<Received, 'statementId'>): void {
  book.refunds.push({
    id: sampleId(`refund ${id}`, at),
    paymentId: id,
    orgId: buyerId(buyer),
    amountFen: Math.min(fen, 5_000),
    reason: '重复付款（示例）',
    status: 'asked',
    failure: '',
    version: 1,
    askedBy: oneOf(house, 'ops_finance'),
    askedAt: at,
    isSample: true,
  })
}

/** 500 yuan by Alipay, and what the provider keeps of it. */
function noteOnline(scene: Scene, at: Date): void {
  const { book } = scene
  const buyer = named(names[0])
  const id = sampleId('payment online', at)
  const [fen, feeFen] = [50_000, 1_100]
  const eventId = tell(book, { type: 'payment.completed', at, subjectId: id, orgId: buyerId(buyer) })
  move(scene, at, ['stripe', receivableId(buyer)], fen, 'payment', id, eventId)
  move(scene, at, ['stripe_fees', 'stripe'], feeFen, 'stripe_fee', id, eventId)
  book.payments.push({
    ...plain,
    id,
    orgId: buyerId(buyer),
    method: 'alipay',
    amountFen: fen,
    receivedFen: fen,
    feeFen,
    status: 'succeeded',
    providerIntentId: `pi_sample_${id.slice(-12)}`,
    providerChargeId: `ch_sample_${id.slice(-12)}`,
    eventId,
    createdBy: oneOf(buyerId(buyer), 'buyer_finance'),
    createdAt: at,
    completedAt: at,
    expiresAt: at,
  })
}

function noteAnnounced(scene: Scene, at: Date): void {
  const buyer = named(names[1])
  const id = sampleId('payment announced', at)
  tell(scene.book, { type: 'payment.announced', at, subjectId: id, orgId: buyerId(buyer) })
  scene.book.payments.push({
    ...plain,
    id,
    orgId: buyerId(buyer),
    method: 'transfer',
    amountFen: 200_000,
    status: 'open',
    payCode: codeOf(buyer),
    createdBy: oneOf(buyerId(buyer), 'buyer_finance'),
    createdAt: at,
    expiresAt: new Date(at.getTime() + 30 * 86_400_000),
  })
}

/** The oldest statement of the buyer that is to be paid. */
function openStatement({ book }: Scene, buyer: Buyer): { id: string; dueFen: number } | undefined {
  const rows = book.statements.filter(
    (row) => row.side === 'buyer' && row.orgId === buyerId(buyer) && row.dueFen > 0 && row.status !== 'paid',
  )
  const [first] = rows.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  return first && { id: first.id, dueFen: first.dueFen }
}
