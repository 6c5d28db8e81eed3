import type { ContractParsed, ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { instantAt, type ServiceDay } from '@huming/shared/days'
import { can } from '@huming/shared/permissions'
import { type SQL, sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { page } from '../kernel/page.ts'

type Query = ContractParsed<Contracts['crates.statement']>['query']
type Reply = ContractReply<Contracts['crates.statement']>

/** A party's statement: each move with what the party had after it. Names of people are the hub's own matter: '' else. */
export async function listMoves(ctx: Ctx, hubId: string, query: Query): Promise<Reply> {
  const { partyId } = query
  allow(ctx, 'crate.read', { hubId, orgId: partyId, driverPersonId: partyId })
  const names = can(ctx.actor, 'crate.read', { hubId }) === true
  const rows = await docs<Reply['items'][number]>(
    ctx.db,
    sql`select s.id, s.at, s.kind, s.type_id as "typeId", s.change, s.balance,
        case when s.other_id is null then null else json_build_object('kind', s.other_kind, 'id', s.other_id,
          'name', coalesce(o.short_name, h.name, ${names ? sql`d.name` : sql`''`})) end as other,
        coalesce(c.number, case when r.id is null then '' else r.day || ' #' || r.seq end, '') as about,
        s.reason, ${names ? sql`coalesce(p.name, '')` : sql`''`} as person
      from (select m.*, case when m.to_id = ${partyId} then m.count else -m.count end as change,
          case when m.to_id = ${partyId} then m.from_kind else m.to_kind end as other_kind,
          case when m.to_id = ${partyId} then m.from_id else m.to_id end as other_id,
          sum(case when m.to_id = ${partyId} then m.count else -m.count end)
            over (partition by m.type_id order by m.id)::int as balance
        from crate_moves m where m.hub_id = ${hubId} and (m.from_id = ${partyId} or m.to_id = ${partyId})) s
      left join organisations o on s.other_kind = 'org' and o.id = s.other_id
      left join hubs h on s.other_kind = 'hub' and h.id = s.other_id
      left join people d on s.other_kind = 'driver' and d.id = s.other_id
      left join people p on p.id = s.person_id
      left join consignments c on c.id = s.subject_id
      left join stops t on t.id = s.subject_id
      left join runs r on r.id = coalesce(t.run_id, s.subject_id)
      where ${within(query)} and ${afterCursor(query.cursor)}
      order by s.id desc limit ${query.limit + 1}`,
  )
  return page(rows, query.limit, (last) => last.id)
}

function within({ from, to }: Query): SQL {
  const since = from ? sql`s.at >= ${instantAt(from as ServiceDay, 0).toISOString()}` : sql`true`
  const until = to ? sql`s.at < ${instantAt(to as ServiceDay, 1440).toISOString()}` : sql`true`
  return sql`${since} and ${until}`
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const afterCursor = (cursor: string | undefined): SQL =>
  cursor && uuid.test(cursor) ? sql`s.id < ${cursor}` : sql`true`
