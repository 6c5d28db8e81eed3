import type { putAwayAdvice } from '@huming/shared/contracts/receiving-board'

export type Advice = (typeof putAwayAdvice)[number]
/** A bin of the goods' zone with what lies in it. */
export type BinContent = {
  readonly code: string
  readonly kind: string
  readonly sequence: number
  readonly goods: readonly { readonly lotId: string; readonly skuId: string; readonly useByDay: string }[]
}
export type AtDock = {
  readonly lotId: string
  readonly skuId: string
  readonly useByDay: string
  readonly quantity: number
  readonly promisedTonight: number
  /** Days left, and at how many the near-expiry ladder begins. */
  readonly remainingDays: number
  readonly nearExpiryDays: number
}
export type Suggestion = {
  advice: Advice
  bins: { code: string; kind: string; why: 'same_lot' | 'same_pack' | 'free' | 'shared' }[]
}

const binsShown = 3
const rank = { same_lot: 0, free: 1, same_pack: 2, shared: 3 } as const

/**
 * Where goods at the dock should go. All promised for tonight: they stay and are picked from the dock. Near expiry:
 * to its own place (上海市食品安全条例 Art. 29). Else to the pick face, unless goods of the pack that expire earlier
 * are there already and must go first (FEFO): then to the reserve.
 */
export function suggest(goods: AtDock, bins: readonly BinContent[]): Suggestion {
  const advice = adviceFor(goods, bins)
  const kind = advice === 'cross_dock' ? 'pick_face' : advice
  const ranked = bins
    .filter((bin) => bin.kind === kind)
    .map((bin) => ({ bin, why: whyOf(bin, goods) }))
    .toSorted((a, b) => rank[a.why] - rank[b.why] || a.bin.sequence - b.bin.sequence)
  return {
    advice,
    bins: ranked.slice(0, binsShown).map(({ bin, why }) => ({ code: bin.code, kind: bin.kind, why })),
  }
}

function adviceFor(goods: AtDock, bins: readonly BinContent[]): Advice {
  if (goods.promisedTonight >= goods.quantity) return 'cross_dock'
  if (goods.remainingDays <= goods.nearExpiryDays) return 'near_expiry'
  const atFace = bins.filter((bin) => bin.kind === 'pick_face').flatMap((bin) => bin.goods)
  const earlier = atFace.some((one) => one.skuId === goods.skuId && one.useByDay < goods.useByDay)
  return earlier ? 'reserve' : 'pick_face'
}

function whyOf(bin: BinContent, goods: AtDock): keyof typeof rank {
  if (bin.goods.some((one) => one.lotId === goods.lotId)) return 'same_lot'
  if (bin.goods.length === 0) return 'free'
  return bin.goods.some((one) => one.skuId === goods.skuId) ? 'same_pack' : 'shared'
}
