import type { ContractParsed } from '@huming/shared/contract'
import type { Contracts } from '@huming/shared/contracts/all'
import { serviceDayOf } from '@huming/shared/days'
import { districtOf } from '@huming/shared/districts'
import { type HeldPaper, inForce, lastDayOf } from '@huming/shared/gates'
import { isPaperId, PAPERS } from '@huming/shared/reference/papers'
import { sql } from 'drizzle-orm'
import { sendFile } from '../documents/send-file.ts'
import { type Column, csvOf, xlsxOf } from '../documents/sheet.ts'
import { allow } from '../kernel/allow.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { Door } from '../kernel/routes.ts'

type Held = HeldPaper & { readonly number: string; readonly verifiedOn: string | null }
type Seller = {
  name: string
  uscc: string | null
  divisionCode: string
  address: string | null
  contactName: string | null
  contactPhone: string | null
  suspended: boolean
  isSample: boolean
  since: string
  papers: Held[]
}

/** A platform with more sellers hands the register in by parts. */
const sellersMax = 10_000

/**
 * The register of sellers as the market regulator is given it each January and July (电子商务法 Art. 27, 28):
 * identity, address, contact, licences with their days, and when they were last checked. Headings are Chinese,
 * whoever asks: it is an official table.
 */
export async function sellerRegister(
  ctx: Ctx,
  { format }: ContractParsed<Contracts['papers.sellerRegister']>['params'],
  door: Door,
): Promise<unknown> {
  allow(ctx, 'paper.review')
  const day = serviceDayOf(ctx.now)
  const rows = [
    ...(await ctx.db.execute<Seller>(sql`
    select o.name, o.uscc, o.division_code as "divisionCode", s.address, s.contact_name as "contactName",
      s.contact_phone as "contactPhone", o.suspended_at is not null as suspended, o.is_sample as "isSample",
      to_char(o.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as since,
      (select coalesce(json_agg(json_build_object('kind', p.kind, 'number', p.number, 'scope', p.scope,
          'productIds', p.product_ids, 'status', p.status, 'validFrom', p.valid_from, 'validTo', p.valid_to,
          'confirmedOn', p.confirmed_on, 'verifiedOn', p.verified_on) order by p.id), '[]')
        from papers p where p.org_id = o.id and p.status = 'valid') as papers
    from organisations o
    left join lateral (select * from sites where org_id = o.id and closed_at is null order by id limit 1) s on true
    where o.kind in ('coop', 'base') order by o.id limit ${sellersMax}`)),
  ]
  const columns = columnsOn(day)
  const bytes = format === 'csv' ? csvOf(columns, rows) : await xlsxOf('平台内经营者', columns, rows)
  return sendFile(door, format, `平台内经营者身份信息-${day}`, bytes)
}

function columnsOn(day: string): Column<Seller>[] {
  const licence = (kind: string) => (seller: Seller) =>
    seller.papers.find((paper) => paper.kind === kind && inForce(paper, day))
  const until = (paper: Held | undefined) => (paper ? lastDayOf(paper) : null)
  const [production, trading] = [licence('production_licence'), licence('trading_licence')]
  return [
    { head: '名称', of: (seller) => seller.name, width: 30 },
    { head: '统一社会信用代码', of: (seller) => seller.uscc, width: 22 },
    { head: '所在地', of: (seller) => districtOf(seller.divisionCode)?.name.zh ?? seller.divisionCode },
    { head: '地址', of: (seller) => seller.address, width: 36 },
    { head: '联系人', of: (seller) => seller.contactName },
    { head: '联系电话', of: (seller) => seller.contactPhone },
    { head: '食品生产许可证', of: (seller) => production(seller)?.number ?? null, width: 20 },
    { head: '生产许可类别', of: (seller) => production(seller)?.scope.join(' ') ?? null },
    { head: '生产许可有效期至', of: (seller) => until(production(seller)) },
    { head: '食品经营许可证', of: (seller) => trading(seller)?.number ?? null, width: 20 },
    { head: '经营许可有效期至', of: (seller) => until(trading(seller)) },
    { head: '其他有效证照', of: (seller) => others(seller, day), width: 40 },
    { head: '最近核验日期', of: (seller) => lastChecked(seller.papers) },
    { head: '入驻日期', of: (seller) => seller.since },
    { head: '状态', of: (seller) => (seller.suspended ? '已停用' : '正常') },
    { head: '备注', of: (seller) => (seller.isSample ? '示例' : null) },
  ]
}

const listed: readonly string[] = ['business_licence', 'production_licence', 'trading_licence']

function others({ papers }: Seller, day: string): string {
  const names = papers
    .filter((paper) => inForce(paper, day) && !listed.includes(paper.kind))
    .flatMap((paper) => (isPaperId(paper.kind) ? [`${PAPERS[paper.kind].zh} ${paper.number}`] : []))
  return [...new Set(names)].join('；')
}

/** The oldest check of the papers that count: all of them were checked no earlier. */
const lastChecked = (papers: readonly Held[]): string | null =>
  papers.reduce<string | null>((oldest, { verifiedOn }) => {
    if (verifiedOn === null) return oldest
    return oldest === null || verifiedOn < oldest ? verifiedOn : oldest
  }, null)
