import type { LocalText } from '../locale.ts'

/** Functional classes of food additives as labels name them (GB 2760-2024 Annex D, those that occur in this trade). */
export const ADDITIVE_CLASSES = {
  preservative: { zh: '防腐剂', en: 'Preservative' },
  antioxidant: { zh: '抗氧化剂', en: 'Antioxidant' },
  acidity_regulator: { zh: '酸度调节剂', en: 'Acidity regulator' },
  leavening: { zh: '膨松剂', en: 'Raising agent' },
  thickener: { zh: '增稠剂', en: 'Thickener' },
  emulsifier: { zh: '乳化剂', en: 'Emulsifier' },
  water_retention: { zh: '水分保持剂', en: 'Water retention agent' },
  flavour_enhancer: { zh: '增味剂', en: 'Flavour enhancer' },
  sweetener: { zh: '甜味剂', en: 'Sweetener' },
  colour: { zh: '着色剂', en: 'Colour' },
  colour_fixative: { zh: '护色剂', en: 'Colour fixative' },
  stabiliser: { zh: '稳定剂和凝固剂', en: 'Stabiliser' },
  enzyme: { zh: '酶制剂', en: 'Enzyme' },
  flavouring: { zh: '食品用香料', en: 'Flavouring' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, LocalText>

export type AdditiveClass = keyof typeof ADDITIVE_CLASSES

export const ADDITIVE_CLASS_IDS = Object.keys(ADDITIVE_CLASSES) as AdditiveClass[]
