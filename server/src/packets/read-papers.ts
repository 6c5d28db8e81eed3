import type { PaperId } from '@huming/shared/reference/papers'
import type { Ctx } from '../kernel/ctx.ts'
import type { Packet } from './read-goods.ts'

type File = { fileId: string | null; mediaType: string | null }
/** A paper of one lot, as its files and the table of the packet show it. */
export type LotPaper = File & {
  lotId: string
  kind: PaperId
  number: string
  form: 'producer' | 'collector' | null
  basis: string[]
  quantity: number
  origin: string
  issuer: string
  issuedOn: string
  validTo: string | null
}
/** A seller's licence valid on the day of delivery. */
export type Licence = File & { orgId: string; kind: PaperId; number: string; validTo: string }

/** What stands on paper behind the goods of a packet: of every lot, and of every seller on that day. */
export async function readPapers(
  ctx: Ctx,
  { head, goods }: Packet,
): Promise<{ ofLots: LotPaper[]; licences: Licence[] }> {
  const { sql } = ctx
  const lotIds = [...new Set(goods.map((one) => one.lotId))]
  const orgIds = [...new Set(goods.map((one) => one.supplierId))]
  const [ofLots, licences] = await Promise.all([
    sql<LotPaper[]>`
      select p.lot_id as "lotId", p.kind, p.number, p.form, p.basis, p.quantity, p.origin, p.issuer,
        p.issued_on as "issuedOn", p.valid_to as "validTo", p.file_id as "fileId", f.media_type as "mediaType"
      from lot_papers p left join files f on f.id = p.file_id
      where p.lot_id = any(${lotIds}) and p.voided_at is null order by p.kind, p.issued_on, p.id`,
    sql<Licence[]>`
      select p.org_id as "orgId", p.kind, p.number, p.valid_to as "validTo", p.file_id as "fileId",
        f.media_type as "mediaType"
      from papers p left join files f on f.id = p.file_id
      where p.org_id = any(${orgIds}) and p.status = 'valid' and p.valid_from <= ${head.day} and p.valid_to >= ${head.day}
        and cardinality(p.product_ids) = 0
      order by p.kind, p.id`,
  ])
  return { ofLots, licences }
}
