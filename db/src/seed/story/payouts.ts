import { addDays, instantAt, type ServiceDay, serviceDayOf, weekdayOf } from '@huming/shared/days'
import type { AccountRef, TransferReason } from '@huming/shared/ledger-words'
import { seal } from '../../seal.ts'
import { accountId, houseId, supplierId } from '../cast/parties.ts'
import { type SupplierKey, suppliers } from '../content/suppliers.ts'
import { sampleEpoch, sampleId } from '../ids.ts'
import { tell } from './book.ts'
import type { Scene } from './orders.ts'
import { staffOf } from './staff.ts'

const house = houseId('operations')
type Party = { readonly orgId: string; readonly purpose: 'payable' | 'commission' }
type Paid = Party & { readonly amountFen: number; readonly bankAccountId: string }

/** Numbers that no bank has: 6222 0000 and zeros. */
const bankOf = (orgId: string, i: number) => ({
  id: sampleId(`bank account ${orgId}`),
  orgId,
  holder: '示例收款户名',
  bankName: '示例银行三明分行',
  bankCode: '105395000012',
  numberSealed: seal(`6222000000000${String(1000 + i)}`),
  lastFour: String(1000 + i),
  writtenBy: null,
  at: sampleEpoch,
  isSample: true,
})

/**
 * Where suppliers and the broker are paid (示例), and the batch of the last Monday that is over: proposed by one
 * finance person, approved by the other, arrived the next day but for one payout that came back.
 */
export function notePayouts(scene: Scene): void {
  const { book, now } = scene
  const keys = Object.keys(suppliers) as SupplierKey[]
  const parties: Party[] = [
    ...keys.map((key) => ({ orgId: supplierId(key), purpose: 'payable' as const })),
    { orgId: houseId('broker'), purpose: 'commission' as const },
  ]
  // One co-op has not told its account yet.
  const told = parties.filter((party) => party.orgId !== supplierId('taining'))
  book.orgBankAccounts.push(...told.map((party, i) => bankOf(party.orgId, i)))
  const yesterday = addDays(serviceDayOf(now), -1)
  const monday = addDays(yesterday, 1 - weekdayOf(yesterday))
  const madeAt = instantAt(monday, 600)
  const paid = told.flatMap((party): Paid[] => {
    const amountFen = dueBy(scene, party, monday, madeAt)
    return amountFen > 0
      ? [{ ...party, amountFen, bankAccountId: sampleId(`bank account ${party.orgId}`) }]
      : []
  })
  if (paid.length > 0) noteBatch(scene, monday, madeAt, paid)
}

/** What was due to a party on a day, by what was settled until then. */
function dueBy({ book }: Scene, { orgId, purpose }: Party, day: ServiceDay, at: Date): number {
  let sum = 0
  for (const row of book.settlementLines) {
    if (row.at > at) continue
    if (purpose === 'payable' && row.supplierOrgId === orgId && row.dueOn <= day) sum += row.netFen
    if (purpose === 'commission' && row.brokerOrgId === orgId && (row.frozenUntil ?? '') < day)
      sum += row.commissionSupplierFen + row.commissionPlatformFen
  }
  return sum
}

function noteBatch(scene: Scene, throughDay: ServiceDay, madeAt: Date, paid: readonly Paid[]): void {
  const { book } = scene
  const [maker = '', checker = ''] = staffOf(house, 'ops_finance')
  const id = sampleId(`payout batch ${throughDay}`, madeAt)
  const later = (minutes: number) => new Date(madeAt.getTime() + minutes * 60_000)
  const about = { subjectId: id, orgId: house, actorOrgId: house }
  tell(book, { type: 'payoutBatch.proposed', at: madeAt, ...about, personId: maker })
  tell(book, { type: 'payoutBatch.approved', at: later(35), ...about, personId: checker })
  const sent = { at: later(50), personId: maker }
  const sentEvent = tell(book, { type: 'payoutBatch.sent', ...about, ...sent })
  book.payoutBatches.push({
    id,
    orgId: house,
    throughDay,
    way: 'bank',
    status: 'done',
    madeBy: maker,
    madeAt,
    checkedBy: checker,
    checkedAt: later(35),
    sentAt: later(50),
    note: '示例周结',
    version: 4,
  })
  for (const [i, party] of paid.entries()) {
    const payoutId = sampleId(`payout ${throughDay} ${party.orgId}`, madeAt)
    const returned = paid.length > 2 && i === 1
    const endedAt = later(13 * 60 + i)
    book.payouts.push({
      id: payoutId,
      batchId: id,
      partyOrgId: party.orgId,
      purpose: party.purpose,
      amountFen: party.amountFen,
      bankAccountId: party.bankAccountId,
      status: returned ? 'returned' : 'confirmed',
      railReference: returned ? null : `SL${throughDay.replaceAll('-', '')}${i}`,
      returnReason: returned ? '户名不符（示例）' : null,
      endedAt,
      version: 4,
    })
    const end = { at: endedAt, subjectId: payoutId, orgId: party.orgId, actorOrgId: house, personId: maker }
    const endEvent = tell(book, { type: returned ? 'payout.returned' : 'payout.confirmed', ...end })
    const own: AccountRef = { orgId: party.orgId, purpose: party.purpose }
    const onTheWay: AccountRef = { orgId: house, purpose: 'in_flight' }
    const move = (debit: AccountRef, credit: AccountRef, reason: TransferReason, eventId: string, at: Date) =>
      book.ledgerTransfers.push({
        id: sampleId(`${reason} ${payoutId} ${accountId(debit)}`, at),
        kind: 'direct',
        reason,
        debitAccountId: accountId(debit),
        creditAccountId: accountId(credit),
        amountFen: party.amountFen,
        holdId: null,
        subjectId: payoutId,
        eventId,
        at,
      })
    move(own, onTheWay, 'payout', sentEvent, sent.at)
    if (returned) move(onTheWay, own, 'payout_returned', endEvent, endedAt)
    else move(onTheWay, { orgId: house, purpose: 'bank' }, 'payout', endEvent, endedAt)
  }
}
