/**
 * Temperature zones, in tenths of °C. Frozen −18 and chilled 0–10 follow GB 31605-2020 practice; warn and
 * reject values are trade defaults that a SKU's own label overrides.
 */
export type ZoneFacts = {
  readonly zh: string
  readonly en: string
  readonly target: { readonly min: number | null; readonly max: number }
  /** Air above this for so long raises a warning. */
  readonly warn: { readonly above: number; readonly forMinutes: number } | null
  /** Measured above this on receipt, the goods are refused. */
  readonly reject: { readonly above: number; readonly at: 'surface' | 'core' } | null
  /** A reading is needed at every hand-over. */
  readonly readingRequired: boolean
}

export const ZONES = {
  frozen: {
    zh: '冷冻',
    en: 'Frozen',
    target: { min: null, max: -180 },
    warn: { above: -150, forMinutes: 15 },
    reject: { above: -120, at: 'surface' },
    readingRequired: true,
  },
  chilled_meat: {
    zh: '冷鲜',
    en: 'Chilled 0–4',
    target: { min: 0, max: 40 },
    warn: { above: 50, forMinutes: 15 },
    reject: { above: 70, at: 'core' },
    readingRequired: true,
  },
  chilled: {
    zh: '冷藏',
    en: 'Chilled 0–8',
    target: { min: 0, max: 80 },
    warn: { above: 100, forMinutes: 30 },
    reject: { above: 120, at: 'surface' },
    readingRequired: true,
  },
  cool: {
    zh: '阴凉',
    en: 'Cool',
    target: { min: 100, max: 180 },
    warn: { above: 220, forMinutes: 60 },
    reject: null,
    readingRequired: false,
  },
  ambient: {
    zh: '常温',
    en: 'Ambient',
    target: { min: null, max: 250 },
    warn: { above: 300, forMinutes: 60 },
    reject: null,
    readingRequired: false,
  },
  live: {
    zh: '鲜活',
    en: 'Live',
    target: { min: 100, max: 200 },
    warn: null,
    reject: null,
    readingRequired: false,
  },
} as const satisfies Record<string, ZoneFacts>

export type Zone = keyof typeof ZONES

/** Coldest first, the order in which they are listed and loaded. */
export const ZONE_IDS = Object.keys(ZONES) as Zone[]

/** Minutes between logged readings; stricter than the national minimum of 10 and 30. */
export const READING_EVERY_MINUTES = { transport: 5, storage: 10 } as const

/** What one measured temperature means on receipt: fine, worth a note, or refuse. */
export function judgeTemperature(zone: Zone, tenths: number): 'fine' | 'warn' | 'reject' {
  const { warn, reject, target }: ZoneFacts = ZONES[zone]
  if (reject && tenths > reject.above) return 'reject'
  if (tenths > (warn?.above ?? target.max)) return 'warn'
  return target.min !== null && tenths < target.min ? 'warn' : 'fine'
}

/** "−18.0 ℃" from tenths. */
export function temperatureText(tenths: number): string {
  return `${tenths < 0 ? '−' : ''}${Math.floor(Math.abs(tenths) / 10)}.${Math.abs(tenths) % 10} ℃`
}
