import type { BuyerClass } from '@huming/shared/reference/buyer-classes'
import type { doorRules, tripCheckItems } from '../../schema/driving.ts'
import { sampleId } from '../ids.ts'

const always = { validFrom: '2024-01-01', validTo: '2099-12-31', isSample: true }

type Rule = typeof doorRules.$inferInsert
const usual = {
  proofs: ['signature', 'pin'],
  tripCheck: true,
  preCoolPhoto: true,
  unloadScan: true,
  zoneReadings: true,
  refusePhoto: true,
  keyDropSet: true,
  // Scales of shops and stalls differ by up to half a per cent.
  weighToleranceBp: 50,
  waitMinutes: 10,
  waitReasons: ['closed', 'nobody', 'no_access'],
} satisfies Partial<Rule>

/**
 * Where a class differs from the usual door: canteens and platforms sign on paper's place, breakfast points open while
 * the cook's hands are busy and tell a number or are photographed, stalls and pick-up points are photographed.
 */
const classes: readonly [BuyerClass, Partial<Rule>][] = [
  ['canteen_university', { proofs: ['signature'], waitMinutes: 20 }],
  ['canteen_office', { proofs: ['signature'], waitMinutes: 20 }],
  ['fresh_platform', { proofs: ['signature'], waitMinutes: 30 }],
  ['breakfast', { proofs: ['pin', 'photo'] }],
  ['wholesale', { proofs: ['signature', 'photo'] }],
  ['community', { proofs: ['pin', 'photo'] }],
]

/** What doors ask for (示例, our assumption): one row for all, one for each class that differs. */
export const doorRuleRows = (): Rule[] =>
  [[null, {}] as const, ...classes].map(([buyerClass, own]) => ({
    id: sampleId(`door rule ${buyerClass ?? 'all'}`),
    buyerClass,
    ...usual,
    ...own,
    ...always,
    source: '示例：交接约定，按与客户的协议为准',
  }))

/** Code, Chinese, English, whether the run stays when it is not in order. */
const points: readonly [string, string, string, boolean][] = [
  [
    'papers',
    '行驶证、从业资格证、健康证随车',
    'Vehicle licence, driver’s papers and health certificate aboard',
    true,
  ],
  ['brakes', '制动、转向正常', 'Brakes and steering', true],
  ['tyres', '轮胎气压和花纹', 'Tyre pressure and tread', true],
  ['lights', '灯光、雨刮、喇叭', 'Lights, wipers and horn', true],
  ['clean', '车厢清洁、消毒，无异味', 'Box clean, disinfected and without smell', true],
  ['seal', '厢门密封条完好、能上锁', 'Door seals whole, doors lock', false],
  ['logger', '温度记录仪在线、校准在有效期', 'Temperature logger on, calibration in date', true],
  ['pre_cool', '制冷机组正常，已预冷到装车温度', 'Cooling unit runs, box pre-cooled for loading', true],
  ['tools', '保温箱、扫码枪、备用封签齐全', 'Insulated boxes, scanner and spare seals', false],
]

/**
 * 行车前检查. Vehicles of food have temperature monitoring, recording, alarm and control, calibrated with records
 * (GB 31605-2020, 3.1); the other points are trade practice 示例.
 */
export const tripCheckItemRows = (): (typeof tripCheckItems.$inferInsert)[] =>
  points.map(([code, name, nameEn, stopsRun], i) => ({
    id: sampleId(`trip check ${code}`),
    code,
    name,
    nameEn,
    seq: i + 1,
    stopsRun,
    ...always,
    source: ['logger', 'pre_cool'].includes(code) ? 'GB 31605-2020 3.1' : '示例：行业惯例',
  }))
