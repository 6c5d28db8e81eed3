import { serviceDayOf } from '@huming/shared/days'
import type { AccountPurpose, TransferReason } from '@huming/shared/ledger-words'
import { payCodeOf } from '@huming/shared/pay-code'
import { accountId, buyerId, houseId, receivableId } from '../cast/parties.ts'
import { sampleBuyers } from '../content/buyers.ts'
import { sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

const house = houseId('operations')
const purposeOf = (purpose: AccountPurpose) => accountId({ orgId: house, purpose })
type Buyer = (typeof sampleBuyers)[number]

/** What a payment is without further words: every row has every column. */
export const plain = {
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

export const codeOf = (buyer: Buyer): string => payCodeOf(1_000_007 + sampleBuyers.indexOf(buyer) * 7919)

type BankLine = ReturnType<typeof line>
export const lineId = (one: Pick<BankLine, 'serial'>, at: Date): string =>
  sampleId(`bank line ${one.serial}`, at)

/** A bank statement taken in: its lines as money whose owner is not known, then what became of each. */
export function noteImport(
  scene: Scene,
  at: Date,
  lines: readonly BankLine[],
  decided: (one: BankLine) => Partial<Scene['book']['bankLines'][number]>,
): void {
  const { book } = scene
  const importId = sampleId(`bank import ${lines[0]?.serial}`, at)
  const clerk = oneOf(house, 'ops_finance')
  const about = { subjectId: importId, personId: clerk, actorOrgId: house }
  const eventId = tell(book, { type: 'bank.imported', at, ...about })
  book.bankImports.push({
    id: importId,
    name: '示例银行流水.csv',
    sha256: '0'.repeat(64),
    lines: lines.length,
    fresh: lines.length,
    freshFen: lines.reduce((sum, one) => sum + one.amountFen, 0),
    importedBy: clerk,
    importedAt: at,
    isSample: true,
  })
  for (const one of lines) {
    const id = lineId(one, at)
    move(scene, at, ['bank', 'unmatched'], one.amountFen, 'payment', id, eventId)
    const waiting = { proposedOrgId: null, paymentId: null, reason: '', decidedBy: null, decidedAt: null }
    book.bankLines.push({
      id,
      importId,
      day: serviceDayOf(at),
      ...one,
      ...waiting,
      ...decided(one),
      askedBy: null,
      version: 1,
      isSample: true,
    })
  }
}

/** A statement paid by bank transfer under the buyer's code, as the bank told and it was matched. */
export function notePaid(
  scene: Scene,
  {
    orgId,
    statement,
    at,
  }: { orgId: string; statement: { id: string; number: string; dueFen: number }; at: Date },
): void {
  const buyer = sampleBuyers.find((one) => buyerId(one) === orgId)
  if (!buyer) throw new Error(`no sample buyer ${orgId}`)
  const { id: statementId, number, dueFen: fen } = statement
  const one = { ...line(0, buyer.name, fen, `货款 ${codeOf(buyer)}`, 'matched'), serial: `SAMPLE-${number}` }
  noteImport(scene, at, [one], () => {
    noteReceived(scene, { id: lineId(one, at), at, buyer, fen, statementId })
    return { paymentId: lineId(one, at), decidedAt: at }
  })
}

export function line(nth: number, payer: string, amountFen: number, memo: string, status: string) {
  return {
    serial: `SAMPLE${String(nth + 1).padStart(6, '0')}`,
    payer,
    payerAccount: '6228…0000',
    amountFen,
    memo,
    status,
  }
}

export type Received = { id: string; at: Date; buyer: Buyer; fen: number; statementId: string | undefined }

/** A matched line as its buyer's payment. */
export function noteReceived(scene: Scene, { id, at, buyer, fen, statementId }: Received): void {
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
  book.payments.push({ ...row, ...times, payCode: codeOf(buyer), eventId })
  if (statementId)
    book.paymentAllocations.push({
      id: sampleId(`allocation ${id}`, at),
      paymentId: id,
      statementId,
      fen,
      eventId,
      at,
    })
}

/** Moves money between accounts of the house, or an account given by its id. */
export function move(
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
