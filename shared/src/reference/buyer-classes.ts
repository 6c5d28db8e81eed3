import type { CutOff } from '../days.ts'

/**
 * The seven classes of buyer with the terms a new organisation starts from; each can be changed per
 * organisation. Delivery windows are minutes after midnight of the delivery day.
 */
export type BuyerClassFacts = {
  readonly zh: string
  readonly en: string
  readonly cutOff: CutOff
  readonly window: { readonly from: number; readonly to: number }
  readonly minimumOrderFen: number
  /** Two distinct people accept at canteens (教体艺厅函〔2025〕30号). */
  readonly acceptancePeople: 1 | 2
  readonly paymentTermDays: number
  /** Longest term a contract may set (保障中小企业款项支付条例, State Council order 802). */
  readonly longestTermDays: number
}

const at = (hours: number, minutes = 0) => hours * 60 + minutes

export const BUYER_CLASSES = {
  snack_shop: {
    zh: '沙县小吃店',
    en: 'Snack shop',
    cutOff: { daysBefore: 1, minutes: at(22) },
    window: { from: at(1), to: at(6, 30) },
    minimumOrderFen: 30_000,
    acceptancePeople: 1,
    paymentTermDays: 7,
    longestTermDays: 60,
  },
  breakfast: {
    zh: '早餐工程',
    en: 'Breakfast point',
    cutOff: { daysBefore: 1, minutes: at(20) },
    window: { from: at(2), to: at(5, 30) },
    minimumOrderFen: 30_000,
    acceptancePeople: 1,
    paymentTermDays: 30,
    longestTermDays: 60,
  },
  canteen_university: {
    zh: '高校食堂',
    en: 'University canteen',
    cutOff: { daysBefore: 1, minutes: at(20) },
    window: { from: at(5), to: at(7) },
    minimumOrderFen: 100_000,
    acceptancePeople: 2,
    paymentTermDays: 30,
    longestTermDays: 60,
  },
  canteen_office: {
    zh: '机关/企业食堂',
    en: 'Government or company canteen',
    cutOff: { daysBefore: 1, minutes: at(20) },
    window: { from: at(5, 30), to: at(7, 30) },
    minimumOrderFen: 50_000,
    acceptancePeople: 2,
    paymentTermDays: 30,
    longestTermDays: 60,
  },
  wholesale: {
    zh: '农批市场档口',
    en: 'Wholesale market stall',
    cutOff: { daysBefore: 1, minutes: at(16) },
    window: { from: at(0), to: at(3) },
    minimumOrderFen: 100_000,
    acceptancePeople: 1,
    paymentTermDays: 1,
    longestTermDays: 60,
  },
  fresh_platform: {
    zh: '生鲜平台',
    en: 'Fresh-food platform',
    cutOff: { daysBefore: 1, minutes: at(12) },
    window: { from: at(8), to: at(16) },
    minimumOrderFen: 200_000,
    acceptancePeople: 1,
    paymentTermDays: 30,
    longestTermDays: 60,
  },
  community: {
    zh: '社区团购',
    en: 'Community group',
    cutOff: { daysBefore: 2, minutes: at(20) },
    window: { from: at(9), to: at(17) },
    minimumOrderFen: 30_000,
    acceptancePeople: 1,
    paymentTermDays: 0,
    longestTermDays: 60,
  },
} as const satisfies Record<string, BuyerClassFacts>

export type BuyerClass = keyof typeof BUYER_CLASSES

export const BUYER_CLASS_IDS = Object.keys(BUYER_CLASSES) as BuyerClass[]

/** Canteens keep an acceptance dossier and need two acceptors. */
export function isCanteen(buyerClass: BuyerClass): boolean {
  return BUYER_CLASSES[buyerClass].acceptancePeople === 2
}
