import { papers } from '@huming/db/schema/papers'
import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { addDays, instantText, serviceDayOf } from '@huming/shared/days'
import { WASH_MEANS } from '@huming/shared/reference/wash-means'
import { eq, sql } from 'drizzle-orm'
import { areOwnFiles } from '../accounts/own-pictures.ts'
import { lockPapers } from '../accounts/sale-days.ts'
import { allow, person } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { emit } from '../kernel/emit.ts'
import { Fault, found } from '../kernel/fault.ts'
import { inTransaction } from '../kernel/transaction.ts'
import { doorRulesOn, ruleFor } from './door-rule.ts'
import { happenedAt } from './rules.ts'

type Reply = ContractReply<Contracts['delivery.disinfect']>
type Input = ContractParsed<Contracts['delivery.disinfect']>['body'] & { id: string }
type Truck = { id: string; orgId: string; plate: string; cleanTo: string | null }

/** Without a rule in force a driver's own note lasts a day. */
const washDaysOtherwise = 1

/**
 * The trucks somebody drives: that are given to him, or of runs of his that are not over; by a link only that of its
 * run. With the last day on which their disinfection counts.
 */
export const trucksOf = (db: Db | Tx, ctx: Ctx): Promise<Truck[]> => {
  const { personId, runId } = person(ctx)
  const runs = sql`select r.vehicle_id from runs r where r.driver_person_id = ${personId}`
  const own = runId
    ? sql`v.id in (${runs} and r.id = ${runId})`
    : sql`v.driver_person_id = ${personId} or v.id in (${runs} and r.status in ('loading', 'on_road'))`
  return docs(
    db,
    sql`select v.id, v.org_id as "orgId", v.plate, (select max(p.valid_to) from papers p
          where p.vehicle_id = v.id and p.kind = 'disinfection_record' and p.status = 'valid') as "cleanTo"
      from vehicles v where ${own} order by v.plate limit 20`,
  )
}

/**
 * Notes that the driver disinfected the box of his truck (GB 31605-2020): a paper of the truck with a picture, which
 * counts from that day for as long as the rule for all doors says, without a review; operations may revoke it like any
 * other. Made offline it is sent later, with the time of the device. A repeat gives the same.
 */
export async function disinfect(ctx: Ctx, input: Input): Promise<Reply> {
  allow(ctx, 'run.drive')
  const { id, vehicleId, means, photoFileId } = input
  const { personId } = person(ctx)
  return inTransaction(ctx, async (tx) => {
    const truck = found((await trucksOf(tx, ctx)).find((one) => one.id === vehicleId))
    await lockPapers(tx, truck.orgId)
    const [before] = await tx.select().from(papers).where(eq(papers.id, id))
    if (before) {
      const same = before.vehicleId === vehicleId && before.fileId === photoFileId
      if (!same || before.submittedBy !== personId) throw new Fault('id_reused')
      return { id, vehicleId, validTo: before.validTo }
    }
    if (!(await areOwnFiles(tx, ctx, [photoFileId])))
      throw new Fault('bad_input', '', {
        pointers: [{ pointer: '/body/photoFileId', reason: 'no_such_picture' }],
      })
    const at = happenedAt(input.at, new Date(ctx.now.getTime() - 86_400_000), ctx.now)
    const day = serviceDayOf(at)
    const rule = ruleFor(await doorRulesOn(tx, day), null)
    const validTo = addDays(day, (rule?.washDays ?? washDaysOtherwise) - 1)
    await tx.insert(papers).values({
      id,
      orgId: truck.orgId,
      kind: 'disinfection_record',
      number: `${truck.plate} ${instantText(at, 'zh')}`,
      issuer: `司机自记：${WASH_MEANS[means].zh}`,
      scope: [],
      vehicleId,
      validFrom: day,
      validTo,
      fileId: photoFileId,
      status: 'valid',
      submittedBy: personId,
      submittedAt: ctx.now,
    })
    await emit(tx, ctx, {
      type: 'vehicle.disinfected',
      subjectId: vehicleId,
      orgId: truck.orgId,
      payload: { paperId: id, means, at: at.toISOString(), validTo },
    })
    return { id, vehicleId, validTo }
  })
}
