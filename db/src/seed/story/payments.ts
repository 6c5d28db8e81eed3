import { instantAt, serviceDayOf } from '@huming/shared/days'
import type { AccountPurpose, TransferReason } from '@huming/shared/ledger-words'
import { payCodeOf } from '@huming/shared/pay-code'
import { accountId, buyerId, houseId, receivableId } from '../cast/parties.ts'
import { sampleBuyers } from '../content/buyers.ts'
import { sampleEpoch, sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

const house = houseId('operations')
const purposeOf = (purpose: AccountPurpose) => accountId({ orgId: house, purpose })
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
 * period that was cut has any of it.
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
  for (const [i, buyer] of sampleBuyers.entries())
    book.payCodes.push({
      code: payCodeOf(1_000_007 + i * 7919),
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

/** What a payment is without further words: every row has every column. */
const plain = {
  purpose: 'prepay',
  subjectId: null,
  receivedFen: null,
  feeFen: 0,
  payCode: '',
  providerIntentId: null,
  providerChargeId: null,
  clientSecret: '',
  failure: '',
  eventId: null,
  createdBy: null,
  completedAt: null,
  nextCheckAt: null,
  checks: 0,
  version: 1,
  isSample: true,
} as const

type At = (minutesAgo: number) => Date

function noteBank(scene: Scene, at: At): void {
  const { book, now } = scene
  const [shop, canteen] = [named(names[0]), named(names[1])]
  const importId = sampleId('bank import', at(90))
  const clerk = oneOf(house, 'ops_finance')
  const open = openStatement(scene, shop)
  const due = openStatement(scene, canteen)
  const lines = [
    line(0, '凉城沙县小吃店林店长', open?.dueFen ?? 128_000, `货款 ${codeOf(scene, shop)}`, 'matched'),
    line(1, canteen.name, due?.dueFen ?? 356_000, '食堂货款', due ? 'proposed' : 'unmatched'),
    line(2, '周某某（示例）', 66_600, '转错', 'unmatched'),
    line(3, '示例银行', 315, '存款利息', 'ignored'),
  ] as const
  const eventId = tell(book, {
    type: 'bank.imported',
    at: at(90),
    subjectId: importId,
    personId: clerk,
    actorOrgId: house,
  })
  const freshFen = lines.reduce((sum, one) => sum + one.amountFen, 0)
  book.bankImports.push({
    id: importId,
    name: '示例银行流水.csv',
    sha256: '0'.repeat(64),
    lines: lines.length,
    fresh: lines.length,
    freshFen,
    importedBy: clerk,
    importedAt: at(90),
    isSample: true,
  })
  for (const one of lines) {
    const id = sampleId(`bank line ${one.serial}`, at(90))
    const matched = one.status === 'matched'
    const decided = matched || one.status === 'ignored'
    move(scene, at(90), ['bank', 'unmatched'], one.amountFen, 'payment', id, eventId)
    book.bankLines.push({
      id,
      importId,
      day: serviceDayOf(now),
      ...one,
      proposedOrgId: one.status === 'proposed' ? buyerId(canteen) : null,
      paymentId: matched ? id : null,
      reason: one.status === 'ignored' ? '银行存款利息（示例）' : '',
      decidedBy: one.status === 'ignored' ? clerk : null,
      decidedAt: decided ? at(90) : null,
      askedBy: null,
      version: 1,
      isSample: true,
    })
    if (matched)
      noteReceived(scene, { id, at: at(90), buyer: shop, fen: one.amountFen, statementId: open?.id })
  }
}

function line(nth: number, payer: string, amountFen: number, memo: string, status: string) {
  return {
    serial: `SAMPLE${String(nth + 1).padStart(6, '0')}`,
    payer,
    payerAccount: '6228…0000',
    amountFen,
    memo,
    status,
  }
}

type Received = { id: string; at: Date; buyer: Buyer; fen: number; statementId: string | undefined }

/** The matched line as the shop's payment, with a part of it asked back. */
function noteReceived(scene: Scene, { id, at, buyer, fen, statementId }: Received): void {
  const { book } = scene
  const orgId = buyerId(buyer)
  const eventId = tell(book, { type: 'payment.completed', at, subjectId: id, orgId })
  move(scene, at, ['unmatched', receivableId(buyer)], fen, 'match', id, eventId)
  const row = {
    ...plain,
    id,
    orgId,
    method: 'transfer',
    amountFen: fen,
    receivedFen: fen,
    status: 'succeeded',
  }
  const times = { createdAt: at, completedAt: at, expiresAt: at }
  book.payments.push({ ...row, ...times, payCode: codeOf(scene, buyer), eventId })
  if (statementId)
    book.paymentAllocations.push({
      id: sampleId(`allocation ${id}`, at),
      paymentId: id,
      statementId,
      fen,
      eventId,
      at,
    })
  book.refunds.push({
    id: sampleId(`refund ${id}`, at),
    paymentId: id,
    orgId,
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
    payCode: codeOf(scene, buyer),
    createdBy: oneOf(buyerId(buyer), 'buyer_finance'),
    createdAt: at,
    expiresAt: new Date(at.getTime() + 30 * 86_400_000),
  })
}

const codeOf = ({ book }: Scene, buyer: Buyer): string =>
  book.payCodes.find((row) => row.orgId === buyerId(buyer))?.code ?? ''

/** The oldest statement of the buyer that is to be paid. */
function openStatement({ book }: Scene, buyer: Buyer): { id: string; dueFen: number } | undefined {
  const rows = book.statements.filter(
    (row) => row.side === 'buyer' && row.orgId === buyerId(buyer) && row.dueFen > 0,
  )
  const [first] = rows.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  return first && { id: first.id, dueFen: first.dueFen }
}

/** Moves money between accounts of the house, or an account given by its id. */
function move(
  { book }: Scene,
  at: Date,
  [debit, credit]: readonly [debit: string, credit: string],
  amountFen: number,
  reason: TransferReason,
  subjectId: string,
  eventId: string,
): void {
  const idOf = (one: string) => (one.length === 36 ? one : purposeOf(one as AccountPurpose))
  book.ledgerTransfers.push({
    id: sampleId(`transfer ${reason} ${debit} ${credit} ${subjectId}`, at),
    kind: 'direct',
    debitAccountId: idOf(debit),
    creditAccountId: idOf(credit),
    amountFen,
    reason,
    subjectId,
    eventId,
    at,
  })
}
