import { addDays, instantAt, type ServiceDay, serviceDayOf } from '@huming/shared/days'
import { sayableNumber } from '@huming/shared/ids'
import { type Cut, cutFrom, payingReasons } from '@huming/shared/stating'
import { accountId, buyerId, houseId, receivableId, supplierId } from '../cast/parties.ts'
import { sampleBuyers } from '../content/buyers.ts'
import { type SupplierKey, suppliers } from '../content/suppliers.ts'
import { sampleEpoch, sampleId } from '../ids.ts'
import { notePaid } from './bank.ts'
import { tell } from './book.ts'
import type { Scene } from './orders.ts'
import { oneOf } from './staff.ts'

type Party = {
  readonly side: 'buyer' | 'supplier' | 'broker'
  readonly orgId: string
  readonly accountId: string
  readonly terms: Cut & {
    readonly dueDays: number
    readonly debtorKind: string
    readonly autoConfirmDays: number | null
  }
}
/** Shops settle by week, canteens (机关、事业单位) within thirty days, suppliers and the broker by week. */
const weekly = { rhythm: 'weekly', cutDay: 7, dueDays: 7, debtorKind: 'other', autoConfirmDays: 5 } as const
const canteen = { ...weekly, dueDays: 30, debtorKind: 'public_body', autoConfirmDays: null } as const

function parties(): Party[] {
  return [
    ...sampleBuyers.map((buyer) => ({
      side: 'buyer' as const,
      orgId: buyerId(buyer),
      accountId: receivableId(buyer),
      terms: buyer.buyerClass.startsWith('canteen') ? canteen : weekly,
    })),
    ...(Object.keys(suppliers) as SupplierKey[]).map((key) => ({
      side: 'supplier' as const,
      orgId: supplierId(key),
      accountId: accountId({ orgId: supplierId(key), purpose: 'payable' }),
      terms: weekly,
    })),
    {
      side: 'broker' as const,
      orgId: houseId('broker'),
      accountId: accountId({ orgId: houseId('broker'), purpose: 'commission' }),
      terms: weekly,
    },
  ]
}

const termsId = ({ side, orgId }: Party): string => sampleId(`statement terms ${side} ${orgId}`)

/** Terms of the sample parties and every statement whose cut date has passed; the last of each waits for its party. */
export function noteStatements(scene: Scene): void {
  const today = serviceDayOf(scene.now)
  for (const party of parties()) {
    const { dueDays, debtorKind } = party.terms
    scene.book.statementTerms.push({
      id: termsId(party),
      side: party.side,
      orgId: party.orgId,
      ...party.terms,
      interest: debtorKind === 'public_body',
      validFrom: '2024-01-01',
      validTo: '2099-12-31',
      verdict: 'ok',
      verdictSource:
        debtorKind === 'public_body'
          ? '国务院令第802号第九条（示例合同）'
          : `平台规则（示例）：账期 ${dueDays} 天`,
      writtenBy: null,
      writtenAt: sampleEpoch,
      isSample: true,
    })
    noteOf(scene, party, today)
  }
}

type Entry = {
  readonly id: string
  readonly at: Date
  readonly fen: number
  readonly reason: string
  readonly subjectId: string
}

/** Posted entries of an account in the order of time, positive where it grows. */
function entriesOf({ book }: Scene, party: Party): Entry[] {
  const sign = party.side === 'buyer' ? 1 : -1
  const entries = book.ledgerTransfers.flatMap((one) => {
    const isOf = one.debitAccountId === party.accountId ? 1 : one.creditAccountId === party.accountId ? -1 : 0
    if (isOf === 0 || !['post', 'direct'].includes(one.kind) || one.amountFen === 0) return []
    const { id, at, amountFen, subjectId, reason = 'sale' } = one
    return [{ id, at, fen: sign * isOf * amountFen, reason, subjectId }]
  })
  return entries.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

function noteOf(scene: Scene, party: Party, today: ServiceDay): void {
  let left = entriesOf(scene, party)
  const [first] = left
  if (!first) return
  let from = serviceDayOf(first.at)
  let openingFen = 0
  for (let to = cutFrom(from, party.terms); to < today; to = cutFrom(from, party.terms)) {
    const until = instantAt(addDays(to, 1), 0)
    const own = left.filter((entry) => entry.at < until)
    const isLast = addDays(to, 7) >= today
    openingFen = noteStatement(scene, party, { from, to, openingFen, own, isLast })
    from = addDays(to, 1)
    // Its payment, if there was one, is an entry of the next period.
    left = entriesOf(scene, party).filter((entry) => entry.at >= until)
  }
}

type Period = {
  readonly from: ServiceDay
  readonly to: ServiceDay
  readonly openingFen: number
  readonly own: readonly Entry[]
  readonly isLast: boolean
}

/** When the buyer paid a statement: three days after its cut, unless it is the last; nobody else is paid by statement. */
function paidWhen(party: Party, to: ServiceDay, isLast: boolean, dueFen: number): Date | null {
  return party.side === 'buyer' && !isLast && dueFen > 0 ? instantAt(addDays(to, 3), 600) : null
}

function noteStatement(scene: Scene, party: Party, { from, to, openingFen, own, isLast }: Period): number {
  const { book, now } = scene
  const madeAt = instantAt(addDays(to, 1), 10)
  const sentAt = new Date(Math.min(instantAt(addDays(to, 1), 540).getTime(), now.getTime()))
  const id = sampleId(`statement ${party.side} ${party.orgId} ${to}`, madeAt)
  const sum = (list: readonly Entry[]) => list.reduce((all, entry) => all + entry.fen, 0)
  const up = sum(own.filter((entry) => entry.fen > 0))
  const down = -sum(own.filter((entry) => entry.fen < 0))
  const paying: readonly string[] = payingReasons
  const confirmer = party.side === 'buyer' ? 'buyer_finance' : party.side === 'supplier' ? 'lister' : 'broker'
  const confirmedAt = isLast ? null : new Date(Math.min(sentAt.getTime() + 86_400_000, now.getTime()))
  const number = sayableNumber('Z', id)
  const dueFen = sum(own.filter((entry) => !paying.includes(entry.reason)))
  const paidAt = paidWhen(party, to, isLast, dueFen)
  if (paidAt) notePaid(scene, { orgId: party.orgId, statement: { id, number, dueFen }, at: paidAt })
  book.statements.push({
    id,
    number,
    side: party.side,
    orgId: party.orgId,
    accountId: party.accountId,
    termsId: termsId(party),
    fromDay: from,
    toDay: to,
    dueOn: addDays(to, party.terms.dueDays),
    status: paidAt ? 'paid' : confirmedAt ? 'confirmed' : 'sent',
    openingFen,
    increasesFen: up,
    decreasesFen: down,
    closingFen: openingFen + up - down,
    dueFen,
    lineCount: own.length,
    madeAt,
    sentAt,
    confirmedAt,
    confirmedBy: confirmedAt && personOf(party.orgId, confirmer),
    confirmedHow: confirmedAt && (personOf(party.orgId, confirmer) ? 'person' : 'silence'),
    paidAt,
    version: paidAt ? 4 : confirmedAt ? 3 : 2,
    isSample: true,
  })
  for (const { id: transferId, at, fen, reason, subjectId } of own)
    book.statementLines.push({
      accountId: party.accountId,
      transferId,
      statementId: id,
      amountFen: fen,
      reason,
      subjectId,
      at,
    })
  const about = { subjectId: id, orgId: party.orgId }
  tell(book, { type: 'statement.made', at: madeAt, ...about, payload: { side: party.side, from, to } })
  tell(book, { type: 'statement.sent', at: sentAt, ...about })
  if (confirmedAt)
    tell(book, { type: 'statement.confirmed', at: confirmedAt, ...about, payload: { how: 'person' } })
  if (paidAt) tell(book, { type: 'statement.paid', at: paidAt, ...about })
  return openingFen + up - down
}

function personOf(orgId: string, role: Parameters<typeof oneOf>[1]): string | null {
  try {
    return oneOf(orgId, role)
  } catch {
    return null
  }
}
