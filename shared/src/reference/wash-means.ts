/** With what a truck's box is disinfected between loads of food. [SYN] usual means 示例. */
export const WASH_MEANS = {
  chlorine: { zh: '含氯消毒液', en: 'Chlorine disinfectant' },
  quaternary: { zh: '季铵盐消毒液', en: 'Quaternary ammonium' },
  peracetic: { zh: '过氧乙酸', en: 'Peracetic acid' },
  ozone: { zh: '臭氧', en: 'Ozone' },
  steam: { zh: '蒸汽', en: 'Steam' },
} as const

export type WashMeans = keyof typeof WASH_MEANS
export const washMeans = Object.keys(WASH_MEANS) as WashMeans[]
