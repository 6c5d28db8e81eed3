import type { Point } from './geo.ts'
import type { LocalText } from './locale.ts'

/**
 * The 16 Shanghai districts and 11 Sanming counties (GB/T 2260) with a WGS-84 point near their seat (±1 km).
 * Pairing of counties with Shanghai districts under 沪府〔2022〕67号: `confirmed` by public reports of the pair,
 * `inferred` from joint projects only; the other counties' pairs were not found and stay empty.
 */
export type District = {
  readonly code: string
  readonly city: 'shanghai' | 'sanming'
  readonly name: LocalText
  readonly point: Point
  /** Takes part in the Shanghai–Sanming pairing. */
  readonly paired: boolean
  readonly pair: { readonly code: string; readonly status: 'confirmed' | 'inferred' } | null
}

type Row = readonly [code: string, zh: string, en: string, lngE6: number, latE6: number]

const SHANGHAI = [
  ['310101', '黄浦区', 'Huangpu', 121_480_500, 31_233_500],
  ['310104', '徐汇区', 'Xuhui', 121_432_400, 31_190_100],
  ['310105', '长宁区', 'Changning', 121_419_400, 31_222_500],
  ['310106', '静安区', "Jing'an", 121_442_400, 31_229_400],
  ['310107', '普陀区', 'Putuo', 121_392_300, 31_251_000],
  ['310109', '虹口区', 'Hongkou', 121_500_600, 31_266_100],
  ['310110', '杨浦区', 'Yangpu', 121_521_700, 31_261_700],
  ['310112', '闵行区', 'Minhang', 121_377_400, 31_115_100],
  ['310113', '宝山区', 'Baoshan', 121_485_500, 31_406_500],
  ['310114', '嘉定区', 'Jiading', 121_261_600, 31_376_500],
  ['310115', '浦东新区', 'Pudong', 121_563_500, 31_248_100],
  ['310116', '金山区', 'Jinshan', 121_337_500, 30_743_900],
  ['310117', '松江区', 'Songjiang', 121_223_600, 31_033_200],
  ['310118', '青浦区', 'Qingpu', 121_119_400, 31_151_600],
  ['310120', '奉贤区', 'Fengxian', 121_469_500, 30_919_900],
  ['310151', '崇明区', 'Chongming', 121_392_800, 31_628_700],
] as const satisfies readonly Row[]

const SANMING = [
  ['350404', '三元区', 'Sanyuan', 117_603_100, 26_237_300],
  ['350405', '沙县区', 'Shaxian', 117_787_000, 26_400_500],
  ['350421', '明溪县', 'Mingxi', 117_197_000, 26_359_300],
  ['350423', '清流县', 'Qingliu', 116_812_300, 26_181_000],
  ['350424', '宁化县', 'Ninghua', 116_649_400, 26_265_100],
  ['350425', '大田县', 'Datian', 117_842_200, 25_695_600],
  ['350426', '尤溪县', 'Youxi', 118_186_100, 26_173_100],
  ['350428', '将乐县', 'Jiangle', 117_465_800, 26_732_200],
  ['350429', '泰宁县', 'Taining', 117_170_900, 26_903_300],
  ['350430', '建宁县', 'Jianning', 116_841_300, 26_834_400],
  ['350481', '永安市', "Yong'an", 117_359_800, 25_944_700],
] as const satisfies readonly Row[]

/** Shanghai's four districts named by the plan. */
const PAIRED: ReadonlySet<string> = new Set(['310109', '310110', '310114', '310115'])

const PAIRS: Readonly<Record<string, District['pair']>> = {
  '350424': { code: '310114', status: 'confirmed' },
  '350425': { code: '310115', status: 'inferred' },
  '350428': { code: '310109', status: 'confirmed' },
  '350481': { code: '310115', status: 'inferred' },
}

function district(city: District['city'], [code, zh, en, lngE6, latE6]: Row): District {
  const paired = city === 'sanming' || PAIRED.has(code)
  return { code, city, name: { zh, en }, point: { latE6, lngE6 }, paired, pair: PAIRS[code] ?? null }
}

export const SHANGHAI_DISTRICTS: readonly District[] = SHANGHAI.map((row) => district('shanghai', row))
export const SANMING_COUNTIES: readonly District[] = SANMING.map((row) => district('sanming', row))

export type ShanghaiCode = (typeof SHANGHAI)[number][0]
export type SanmingCode = (typeof SANMING)[number][0]
export type DistrictCode = ShanghaiCode | SanmingCode

const BY_CODE: ReadonlyMap<string, District> = new Map(
  [...SHANGHAI_DISTRICTS, ...SANMING_COUNTIES].map((one) => [one.code, one]),
)

/** The district of a current code, or null. */
export function districtOf(code: string): District | null {
  return BY_CODE.get(code) ?? null
}

/** A code no longer assigned, still printed on older licences and credit codes. */
export type RetiredDistrict = {
  readonly code: string
  readonly name: string
  readonly retiredIn: number
  readonly successor: DistrictCode
}

export const RETIRED_DISTRICTS: readonly RetiredDistrict[] = [
  { code: '310102', name: '南市区', retiredIn: 2000, successor: '310101' },
  { code: '310103', name: '卢湾区', retiredIn: 2011, successor: '310101' },
  { code: '310108', name: '闸北区', retiredIn: 2015, successor: '310106' },
  { code: '310119', name: '南汇区', retiredIn: 2009, successor: '310115' },
  { code: '310225', name: '南汇县', retiredIn: 2001, successor: '310115' },
  { code: '310226', name: '奉贤县', retiredIn: 2001, successor: '310120' },
  { code: '310230', name: '崇明县', retiredIn: 2016, successor: '310151' },
  { code: '350402', name: '梅列区', retiredIn: 2021, successor: '350404' },
  { code: '350403', name: '三元区', retiredIn: 2021, successor: '350404' },
  { code: '350427', name: '沙县', retiredIn: 2021, successor: '350405' },
]

/** The district a code means today: itself, or the successor of a retired code; null outside both cities. */
export function currentDistrict(code: string): District | null {
  const retired = RETIRED_DISTRICTS.find((one) => one.code === code)
  return districtOf(retired?.successor ?? code)
}

/** Cities and provinces a code's first digits name; enough to read a licence's place of issue. */
export function districtText(code: string, locale: 'zh' | 'en'): string {
  const found = currentDistrict(code)
  if (!found) return code
  if (locale === 'zh') return `${found.city === 'shanghai' ? '上海市' : '三明市'}${found.name.zh}`
  return `${found.name.en}, ${found.city === 'shanghai' ? 'Shanghai' : 'Sanming'}`
}
