import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx, Db, Tx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'
import { balancesOf } from './balance.ts'
import { lotListOf } from './lot-list.ts'
import { noticesOf } from './notice-rows.ts'
import { clockState } from './rules.ts'
import { taskQuery } from './task-rows.ts'

export type RecallDoc = ContractReply<Contracts['recall.read']>
export type RecallBrief = ContractReply<Contracts['recall.list']>['items'][number]

type BriefRow = Omit<RecallBrief, 'clocks'> & {
  startDueAt: string
  finishDueAt: string
  incidentDueAt: string | null
  incidentReportedAt: string | null
  notifiedAt: string | null
  reportedAt: string | null
}

/** Columns of a recall in lists, over `recalls r`. */
export const briefColumns = sql`r.id, r.number, r.drill, r.level, r.cause, r.reason, r.remedy, r.status,
  r.known_at as "knownAt", r.created_at as "createdAt", r.start_due_at as "startDueAt", r.finish_due_at as "finishDueAt",
  r.incident_due_at as "incidentDueAt", r.incident_reported_at as "incidentReportedAt", r.notified_at as "notifiedAt",
  r.reported_at as "reportedAt", r.is_sample as "isSample", r.version,
  array(select p.name from recall_lots x join lots l on l.id = x.lot_id join skus k on k.id = l.sku_id
    join products p on p.id = k.product_id where x.recall_id = r.id group by p.name
    order by bool_or(x.named) desc, p.name limit 5) as goods,
  (select count(*) from recall_lots x where x.recall_id = r.id) as lots,
  (select count(*) from recall_notices n where n.recall_id = r.id) as places,
  (select count(*) from recall_notices n where n.recall_id = r.id and n.answered_at is not null) as answered,
  (select count(*) from recall_notices n where n.recall_id = r.id and n.call_since is not null and n.called_at is null
    and n.answered_at is null) as "callsDue",
  (select count(*) from recall_tasks t where t.recall_id = r.id and t.status = 'open') as "tasksOpen"`

/** The clocks of a recall: started when its notices are out, finished with its report, the incident when told. */
export function briefOf<T extends BriefRow>(row: T, now: Date) {
  const { startDueAt, finishDueAt, incidentDueAt, incidentReportedAt, notifiedAt, reportedAt, ...rest } = row
  const over = row.status === 'withdrawn'
  const clock = (name: RecallBrief['clocks'][number]['clock'], dueAt: string, doneAt: string | null) => ({
    clock: name,
    dueAt,
    doneAt,
    late: !(over && !doneAt) && clockState(new Date(dueAt), doneAt ? new Date(doneAt) : null, now).late,
  })
  const clocks = [
    ...(incidentDueAt ? [clock('incident', incidentDueAt, incidentReportedAt)] : []),
    clock('start', startDueAt, notifiedAt),
    clock('finish', finishDueAt, reportedAt),
  ]
  return { ...rest, clocks }
}

/** One recall for food safety. */
export async function readRecall(ctx: Ctx, id: string): Promise<RecallDoc> {
  allow(ctx, 'recall.read')
  return recallDoc(ctx.db, ctx, id)
}

type DocRow = BriefRow &
  Pick<
    RecallDoc,
    | 'createdBy'
    | 'ruleVersion'
    | 'answerMinutes'
    | 'incidentNote'
    | 'withdrawReason'
    | 'conclusion'
    | 'stopped'
  > & { stepTimes: Record<string, string | null> }

/** The whole recall; a draft shows what it would reach. The caller has asked `allow`. */
export async function recallDoc(tx: Db | Tx, ctx: Ctx, id: string): Promise<RecallDoc> {
  const [row] = await docs<DocRow>(
    tx,
    sql`select ${briefColumns}, b.name as "createdBy", r.rule_version as "ruleVersion",
        r.answer_minutes as "answerMinutes", r.incident_note as "incidentNote", r.withdraw_reason as "withdrawReason",
        r.conclusion, r.stopped, json_build_object('stop_sale', r.stopped_at, 'scope_computed', r.scoped_at,
          'notified', r.notified_at, 'retrieving', r.retrieving_at, 'disposed', r.disposed_at, 'reported', r.reported_at,
          'closed', r.closed_at, 'withdrawn', r.withdrawn_at) as "stepTimes"
      from recalls r left join people b on b.id = r.created_by where r.id = ${id}`,
  )
  const { stepTimes, ...recall } = found(row)
  const lotList = await lotListOf(tx, recall)
  const lotIds = lotList.map((lot) => lot.lotId)
  const steps = Object.entries(stepTimes).flatMap(([status, at]) =>
    at ? [{ status: status as RecallDoc['status'], at }] : [],
  )
  return {
    ...briefOf(recall, ctx.now),
    steps: steps.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    rules: await rulesOf(tx, recall),
    lotList,
    notices: await noticesOf(tx, recall, lotIds),
    tasks: await docs(
      tx,
      taskQuery(sql`t.recall_id = ${id}`, sql`order by t.status desc, t.kind, t.id limit 500`),
    ),
    balance: await balancesOf(tx, id, lotIds),
    timeline: await timelineOf(tx, id),
  }
}

/** The rules the clocks were set by. */
async function rulesOf(tx: Db | Tx, recall: { level: number; knownAt: string }): Promise<RecallDoc['rules']> {
  const day = serviceDayOf(new Date(recall.knownAt))
  return docs(
    tx,
    sql`select clock, source, verify from recall_rules
      where (level is null or level = ${recall.level}) and valid_from <= ${day} and valid_to >= ${day}
      order by array_position(array['incident', 'start', 'answer', 'finish'], clock)`,
  )
}

async function timelineOf(tx: Db | Tx, id: string): Promise<RecallDoc['timeline']> {
  return docs(
    tx,
    sql`select e.id, e.type, e.at, coalesce(b.name, '') as by, e.payload
      from events e left join people b on b.id = e.person_id where e.subject_id = ${id} and e.type <> 'recall.told' order by e.id limit 500`,
  )
}
