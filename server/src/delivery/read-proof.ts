import type { ContractReply } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { sql } from 'drizzle-orm'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { docs } from '../kernel/docs.ts'
import { found } from '../kernel/fault.ts'

type Proof = ContractReply<Contracts['delivery.readProof']>
type Picture = Proof['pictures'][number]
type Row = Omit<Proof, 'pictures' | 'readings' | 'unload'> & {
  hubId: string
  driverPersonId: string | null
  runId: string
  readings: Proof['readings'] | null
  unload: { scanned: string[]; counted: number | null; reason: string } | null
  shots: Picture[] | null
  photoFileIds: string[]
  signatureFileId: string | null
  added: string[]
}

/** How a stop was proved, for whoever reads its run: its hub, its driver, operations. */
export async function readProof(ctx: Ctx, stopId: string): Promise<Proof> {
  const {
    hubId: _hub,
    driverPersonId: _driver,
    runId: _run,
    shots,
    added,
    ...row
  } = await readRow(ctx, stopId)
  const { photoFileIds, signatureFileId, readings, unload, ...proof } = row
  return {
    ...proof,
    readings: readings ?? [],
    unload: unload && { ...unload, scanned: unload.scanned.length },
    pictures: picturesOf({ shots, photoFileIds, signatureFileId, added }),
  }
}

/** Each picture once: as the phone named it, else of something. */
function picturesOf(of: Pick<Row, 'shots' | 'photoFileIds' | 'signatureFileId' | 'added'>): Picture[] {
  const named = [
    ...(of.signatureFileId ? [{ fileId: of.signatureFileId, of: 'signature' as const }] : []),
    ...(of.shots ?? []).map(({ fileId, of: what }) => ({ fileId, of: what })),
    ...of.photoFileIds.map((fileId) => ({ fileId, of: 'other' as const })),
    ...of.added.map((fileId) => ({ fileId, of: 'correction' as const })),
  ]
  return [...new Map(named.toReversed().map((one) => [one.fileId, one])).values()].toReversed()
}

/** One statement by the stop's key. Somebody else's stop is `not_found`, before any right is asked. */
async function readRow(ctx: Ctx, stopId: string): Promise<Row> {
  allow(ctx, 'run.read')
  const [row] = await docs<Row>(
    ctx.db,
    sql`select s.id as "stopId", r.id as "runId", r.hub_id as "hubId", t.name as site,
        case when r.status = 'planned' then null else r.driver_person_id end as "driverPersonId",
        e.kind, e.happened_at as "happenedAt", e.sent_at as "sentAt", e.received_at as "receivedAt",
        coalesce(e.flags, '{}') as flags, coalesce(e.sha256, '') as sha256, s.receiver_name as "receiverName",
        s.note, s.fail_reason as "failReason", e.evidence -> 'readings' as readings,
        nullif(e.evidence -> 'unload', 'null') as unload, e.evidence ->> 'doorOpenedAt' as "doorOpenedAt",
        e.evidence ->> 'doorClosedAt' as "doorClosedAt", coalesce(e.evidence ->> 'dropPoint', '') as "dropPoint",
        e.evidence ->> 'calledAt' as "calledAt", e.evidence -> 'shots' as shots,
        s.photo_file_ids as "photoFileIds", s.signature_file_id as "signatureFileId",
        (select coalesce(json_agg(f.id order by x.at, x.id), '[]') from stop_corrections x,
          jsonb_array_elements_text(x.photo_file_ids) f(id) where x.stop_id = s.id) as added,
        (select coalesce(json_agg(json_build_object('id', x.id, 'text', x.text, 'by', p.name, 'at', x.at)
            order by x.at, x.id), '[]')
          from stop_corrections x join people p on p.id = x.person_id where x.stop_id = s.id) as corrections
      from stops s join runs r on r.id = s.run_id join sites t on t.id = s.site_id
      left join stop_proofs e on e.stop_id = s.id where s.id = ${stopId}`,
  )
  const { hubId, driverPersonId, runId } = found(row)
  allow(ctx, 'run.read', { hubId, driverPersonId, runId })
  return found(row)
}
