import { addDays, serviceDayOf } from '@huming/shared/days'
import { SHANGHAI_DISTRICTS } from '@huming/shared/districts'
import { checkJy } from '@huming/shared/identifiers/jy'
import { checkPlate } from '@huming/shared/identifiers/plate'
import { checkSc } from '@huming/shared/identifiers/sc'
import { checkUscc } from '@huming/shared/identifiers/uscc'
import { type OrgKind, roles, rolesOfKind } from '@huming/shared/permissions'
import { BUYER_CLASS_IDS } from '@huming/shared/reference/buyer-classes'
import { isCategoryId } from '@huming/shared/reference/categories'
import { samplePassword } from '@huming/shared/sample'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeOrg } from '../factories.ts'
import { passwordMatches } from '../password.ts'
import { testDb } from '../test-db.ts'
import { sampleSignIns, seedOnce } from './run.ts'

let t: Awaited<ReturnType<typeof testDb>>
beforeAll(async () => {
  t = await testDb()
  expect(await seedOnce(t.url)).toBe(true)
})
afterAll(() => t.close())

const count = async (query: PromiseLike<readonly { n?: number }[]>): Promise<number> =>
  Number((await query)[0]?.n)

describe('starting', () => {
  test('a second start changes nothing', async () => {
    const before = await t.sql`select count(*) from events`
    expect(await seedOnce(t.url)).toBe(false)
    expect(await t.sql`select count(*) from events`).toEqual(before)
  })

  test('a database in which somebody works is refused and left as it is', async () => {
    const other = await testDb()
    try {
      await makeOrg(other.db, 'operations', { isSample: false })
      await expect(seedOnce(other.url)).rejects.toThrow(/SAMPLE_DATA=off/)
      expect(await count(other.sql`select count(*)::int as n from organisations`)).toBe(1)
    } finally {
      await other.close()
    }
  })

  test('a real organisation beside the sample ones does not hinder later starts', async () => {
    const org = await makeOrg(t.db, 'buyer', { isSample: false })
    expect(await seedOnce(t.url)).toBe(false)
    await t.sql`delete from organisations where id = ${org.id}`
  })
})

describe('who and what there is', () => {
  test('all eleven counties sell, by twelve co-ops and bases at least', async () => {
    const rows = await t.sql`select division_code from organisations where kind in ('coop', 'base')`
    expect(rows.length).toBeGreaterThanOrEqual(12)
    expect(new Set(rows.map((row) => row.division_code)).size).toBe(11)
    const counties = await t.sql`select distinct county_code from products`
    expect(counties).toHaveLength(11)
  })

  test('forty products at least, with story, English name, search words and a known category', async () => {
    // What a maker only uses itself has no page.
    const rows = await t.sql`select * from products p where not exists (
      select 1 from materials m join skus s on s.id = m.sku_id where s.product_id = p.id)`
    expect(rows.length).toBeGreaterThanOrEqual(40)
    for (const row of rows) {
      expect(isCategoryId(row.category), row.name).toBe(true)
      expect(row.story.match(/。/g), row.name).toHaveLength(2)
      expect(row.name_en && row.description && row.pinyin_full && row.pinyin_initials, row.name).toBeTruthy()
      expect(row.short_codes.length, row.name).toBeGreaterThan(0)
      for (const code of row.short_codes) expect(code).toMatch(/^[A-Z0-9]{2,8}$/)
    }
    const codes = new Set(rows.flatMap((row) => row.short_codes))
    for (const code of ['HSJ', 'BM', 'BRP', 'DG', 'LZ']) expect(codes, code).toContain(code)
  })

  test('the twenty packs of the snack shops', async () => {
    const numbers = 'ZJ-01 BR-01 BP-01 BX-01 MT-01 HS-01 JY-01 LJ-01 ST-01 LL-01'
    const more = 'DG-01 DG-02 YT-01 SM-01 MD-01 DF-01 YT-02 BY-01 YJ-01 BC-01'
    const codes = `${numbers} ${more}`.split(' ').map((code) => `SX-${code}`)
    const rows = await t.sql`
      select s.code, s.order_unit, p.centifen from skus s
      join prices p on p.sku_id = s.id and p.buyer_org_id is null and p.buyer_class is null and p.from_units = 1
      where s.code = any(${codes})`
    expect(rows.map((row) => row.code).sort()).toEqual(codes.sort())
    expect(rows.find((row) => row.code === 'SX-ZJ-01')).toMatchObject({
      order_unit: 'carton',
      centifen: 1_480_000,
    })
  })

  test('every pack has a list price, and a larger quantity is never dearer', async () => {
    const rows = await t.sql`
      select s.code, p.from_units, p.centifen from skus s left join prices p
        on p.sku_id = s.id and p.buyer_org_id is null and p.buyer_class is null
      where s.id not in (select sku_id from materials)
      order by s.code, p.from_units`
    for (const [i, row] of rows.entries()) {
      expect(row.centifen, row.code).toBeGreaterThan(0)
      if (rows[i - 1]?.code === row.code) expect(row.centifen).toBeLessThanOrEqual(rows[i - 1]?.centifen)
    }
  })

  test('sixty buyers at least, of all seven classes, in all sixteen districts', async () => {
    const rows = await t.sql`select buyer_class from organisations where kind = 'buyer'`
    expect(rows.length).toBeGreaterThanOrEqual(60)
    expect(new Set(rows.map((row) => row.buyer_class))).toEqual(new Set(BUYER_CLASS_IDS))
    const districts = await t.sql`
      select distinct s.district_code from sites s join organisations o on o.id = s.org_id where o.kind = 'buyer'`
    expect(districts.map((row) => row.district_code).sort()).toEqual(
      SHANGHAI_DISTRICTS.map((one) => one.code).sort(),
    )
    const many = await t.sql`select org_id from sites group by org_id having count(*) between 2 and 4`
    expect(many.length).toBeGreaterThan(5)
  })

  test('a hub on each side of the Huangpu, forty-five vehicles with a driver each', async () => {
    expect(
      (await t.sql`select kind from hubs where kind <> 'store' order by kind`).map((row) => row.kind),
    ).toEqual(['central', 'sub_centre'])
    const rows = await t.sql`select plate, driver_person_id from vehicles`
    expect(rows.length).toBeGreaterThanOrEqual(45)
    expect(new Set(rows.map((row) => row.driver_person_id)).size).toBe(rows.length)
    for (const row of rows) expect(checkPlate(row.plate).ok, row.plate).toBe(true)
  })

  test('a person for every role; an organisation gives only roles of its kind', async () => {
    expect(sampleSignIns.map((one) => one.role)).toEqual([...roles])
    const rows = await t.sql`
      select o.kind, m.role, p.password_hash from memberships m
      join organisations o on o.id = m.org_id join people p on p.id = m.person_id`
    for (const row of rows) expect(rolesOfKind[row.kind as OrgKind]).toContain(row.role)
    expect(await passwordMatches(samplePassword, rows[0]?.password_hash)).toBe(true)
    const short = await t.sql`
      select o.name from organisations o where o.buyer_class like 'canteen%'
        and (select count(distinct person_id) from memberships where org_id = o.id and role = 'acceptor') < 2`
    expect(short).toEqual([])
  })

  test('numbers of licences are well formed', async () => {
    for (const { uscc } of await t.sql`select uscc from organisations where uscc is not null`)
      expect(checkUscc(uscc).ok, uscc).toBe(true)
    for (const { kind, number } of await t.sql`select kind, number from papers`) {
      if (kind === 'production_licence') expect(checkSc(number).ok, number).toBe(true)
      if (kind === 'trading_licence') expect(checkJy(number).ok, number).toBe(true)
    }
  })

  test('everything is on sale by its papers for weeks, save what the expired licence makes', async () => {
    const today = serviceDayOf(new Date())
    const off = await t.sql`
      select distinct o.short_name from skus s join organisations o on o.id = s.org_id
      where s.sale_from = '' or s.sale_from > ${today} or s.sale_until < ${addDays(today, 10)}`
    expect(off.map((row) => row.short_name)).toEqual(['老灶豆制品（示例）'])
    const soon = await t.sql`select sale_until from skus where sale_until = ${addDays(today, 12)}`
    expect(soon.length).toBeGreaterThan(0)
  })

  test('marks stand on certificates in force; what is not confirmed waits for review', async () => {
    const [row] = await t.sql`
      select count(*) filter (where marks <> '[]')::int as marked,
        count(*) filter (where marks @> '[{"type":"named_special"}]')::int as listed from products`
    expect(row?.marked).toBeGreaterThan(10)
    expect(row?.listed).toBeGreaterThan(8)
    const waiting =
      await t.sql`select kind from papers where status = 'pending' and cardinality(product_ids) > 0`
    expect(waiting.length).toBeGreaterThan(0)
    const unproved = await t.sql`
      select p.name, m ->> 'type' as mark from products p, jsonb_array_elements(p.marks) m
      where not exists (select 1 from papers x where x.kind = m ->> 'type' and x.status = 'valid'
        and x.org_id = p.org_id and (p.id = any(x.product_ids) or x.product_ids = '{}'))`
    expect(unproved).toEqual([])
  })

  test('every lot that is made has its papers', async () => {
    const bare = await t.sql`
      select l.code from lots l join skus s on s.id = l.sku_id join products p on p.id = s.product_id
      where l.stage not in ('planned', 'withdrawn') and p.category <> 'D1'
        and not exists (select 1 from lot_papers x where x.lot_id = l.id)`
    expect(bare).toEqual([])
  })

  test('everything made up says so', async () => {
    for (const table of [
      'organisations',
      'hubs',
      'sites',
      'people',
      'vehicles',
      'products',
      'skus',
      'papers',
      'lot_papers',
    ])
      expect(
        await count(t.sql`select count(*)::int as n from ${t.sql(table)} where not is_sample`),
        table,
      ).toBe(0)
    for (const table of ['organisations', 'hubs', 'sites', 'people'])
      expect(await t.sql`select name from ${t.sql(table)} where name not like '%示例%'`, table).toEqual([])
  })
})

/** The river from the south to the mouth, as seen on any map; west of it is Puxi. */
const huangpu = [
  [121.467, 31.128],
  [121.462, 31.165],
  [121.47, 31.185],
  [121.497, 31.205],
  [121.503, 31.215],
  [121.5, 31.228],
  [121.492, 31.236],
  [121.495, 31.243],
  [121.507, 31.248],
  [121.525, 31.251],
  [121.541, 31.257],
  [121.556, 31.27],
  [121.565, 31.285],
  [121.556, 31.31],
  [121.54, 31.33],
  [121.513, 31.36],
  [121.5, 31.395],
] as const

function riverAt(lat: number): number | null {
  const i = huangpu.findIndex(([, there]) => there > lat)
  const [from, to] = [huangpu[i - 1], huangpu[i]]
  if (!from || !to) return null
  return from[0] + ((lat - from[1]) / (to[1] - from[1])) * (to[0] - from[0])
}

test('every place lies on its own side of the Huangpu', async () => {
  const rows = await t.sql`
    select s.name, s.district_code, s.lng_e6, s.lat_e6 from sites s where s.district_code like '31%'
    union all select name, district_code, lng_e6, lat_e6 from hubs`
  const across = new Set(['310115', '310120'])
  let checked = 0
  for (const row of rows) {
    const river = riverAt(row.lat_e6 / 1e6)
    if (river === null || row.district_code === '310151') continue
    checked += 1
    expect(row.lng_e6 / 1e6 > river, `${row.name} ${row.lng_e6} ${row.lat_e6}`).toBe(
      across.has(row.district_code),
    )
  }
  expect(checked).toBeGreaterThan(50)
})
