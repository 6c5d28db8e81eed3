import type { LocalText } from '../locale.ts'

/** A `mark` is a certificate of the organisation for products, shown on their pages while it is in force. */
type Holder = 'organisation' | 'product' | 'mark' | 'lot' | 'vehicle' | 'person'
type Paper = LocalText & { readonly of: Holder }

/** Papers the trade needs, and whose they are. */
export const PAPERS = {
  business_licence: { zh: '营业执照', en: 'Business licence', of: 'organisation' },
  production_licence: { zh: '食品生产许可证', en: 'Food production licence (SC)', of: 'organisation' },
  trading_licence: { zh: '食品经营许可证', en: 'Food trading licence (JY)', of: 'organisation' },
  prepackaged_filing: { zh: '仅销售预包装食品备案', en: 'Prepackaged food filing (YB)', of: 'organisation' },
  storage_filing: { zh: '食品贮存运输备案', en: 'Storage and transport filing', of: 'organisation' },
  road_transport_permit: { zh: '道路运输经营许可证', en: 'Road transport permit', of: 'organisation' },
  animal_health_permit: {
    zh: '动物防疫条件合格证',
    en: 'Animal health permit',
    of: 'organisation',
  },
  gi_product: { zh: '国家地理标志保护产品', en: 'Protected geographical indication', of: 'mark' },
  gi_trademark: { zh: '地理标志证明商标', en: 'Geographical indication trade mark', of: 'mark' },
  agri_gi: { zh: '农产品地理标志', en: 'Geographical indication of farm products', of: 'mark' },
  named_special: { zh: '全国名特优新农产品', en: 'National speciality farm product', of: 'mark' },
  green_food: { zh: '绿色食品', en: 'Green food', of: 'mark' },
  organic: { zh: '有机产品', en: 'Organic product', of: 'mark' },
  gap: { zh: '良好农业规范认证', en: 'Good agricultural practice (GAP)', of: 'mark' },
  haccp: { zh: '危害分析与关键控制点体系认证', en: 'HACCP', of: 'mark' },
  iso22000: { zh: '食品安全管理体系认证', en: 'ISO 22000', of: 'mark' },
  type_inspection: { zh: '型式检验报告', en: 'Type inspection report', of: 'product' },
  food_contact_test: { zh: '食品用产品检测报告', en: 'Food contact test report', of: 'product' },
  conformity_certificate: { zh: '承诺达标合格证', en: 'Conformity certificate', of: 'lot' },
  origin_certificate: { zh: '产地证明', en: 'Certificate of origin', of: 'lot' },
  test_report: { zh: '检测合格证明', en: 'Test report', of: 'lot' },
  rapid_test: { zh: '快检报告', en: 'Rapid test report', of: 'lot' },
  quarantine_certificate: { zh: '动物检疫合格证明', en: 'Animal quarantine certificate', of: 'lot' },
  meat_quality_certificate: { zh: '肉品品质检验合格证', en: 'Meat quality certificate', of: 'lot' },
  swine_fever_test: { zh: '非洲猪瘟检测报告', en: 'African swine fever test', of: 'lot' },
  checkpoint_stamp: { zh: '道口检查签章', en: 'Road checkpoint stamp', of: 'lot' },
  factory_inspection: { zh: '出厂检验合格证', en: 'Factory inspection certificate', of: 'lot' },
  vehicle_licence: { zh: '行驶证', en: 'Vehicle licence', of: 'vehicle' },
  disinfection_record: { zh: '车辆消毒记录', en: 'Disinfection record', of: 'vehicle' },
  health_certificate: { zh: '健康证明', en: 'Health certificate', of: 'person' },
} as const satisfies Record<string, Paper>

export type PaperId = keyof typeof PAPERS

export const PAPER_IDS = Object.keys(PAPERS) as PaperId[]
export const isPaperId = (text: string): text is PaperId => Object.hasOwn(PAPERS, text)

/** Alternatives, each a set of papers that together suffice. No alternative: nothing is needed. */
export type PaperNeed = readonly (readonly PaperId[])[]

/** What a lot needs, by kind of goods (农产品质量安全法 38–39, 食品安全法 50–53, 上海市食品安全条例 47, 50). */
export const LOT_PAPERS = {
  plant: [['conformity_certificate'], ['origin_certificate', 'test_report']],
  pork: [['quarantine_certificate', 'meat_quality_certificate', 'swine_fever_test', 'checkpoint_stamp']],
  meat: [['quarantine_certificate', 'checkpoint_stamp']],
  egg_or_fish: [['conformity_certificate'], ['quarantine_certificate']],
  prepackaged: [['factory_inspection']],
  /** Dried or otherwise simply treated agricultural goods sold loose: no 合格证 duty, but origin and test. */
  dry_agri: [['origin_certificate', 'test_report'], ['conformity_certificate'], ['factory_inspection']],
  packaging: [],
} as const satisfies Record<string, PaperNeed>

export type LotPaperKind = keyof typeof LOT_PAPERS

/** Grounds on which a forest product may be sold as food (食品安全法 Art. 37–38). */
export const EDIBLE_BASES = ['dual_use_list', 'local_standard', 'new_resource'] as const
export type EdibleBasis = (typeof EDIBLE_BASES)[number]

export const EDIBLE_BASIS_NAMES = {
  dual_use_list: { zh: '既是食品又是中药材目录', en: 'List of substances that are food and medicine' },
  local_standard: { zh: '地方标准或地方特色食品', en: 'Local standard or local food' },
  new_resource: { zh: '新食品原料公告', en: 'Announced new food ingredient' },
} as const satisfies Record<EdibleBasis, LocalText>
