/** A statement with what of it is not paid yet, oldest due first. */
export type OpenStatement = { readonly id: string; readonly openFen: number }
export type Part = { readonly statementId: string; readonly fen: number }

/**
 * Which statements an amount pays: the one it was meant for, then the oldest due first; what is left is prepaid. Parts
 * never exceed what is open, and never sum to more than the amount.
 */
export function shareOut(amountFen: number, open: readonly OpenStatement[], meantFor: string | null): Part[] {
  const inOrder = [...open.filter((one) => one.id === meantFor), ...open.filter((one) => one.id !== meantFor)]
  const parts: Part[] = []
  let left = amountFen
  for (const { id, openFen } of inOrder) {
    const fen = Math.min(left, openFen)
    if (fen <= 0) continue
    parts.push({ statementId: id, fen })
    left -= fen
  }
  return parts
}

/** What is taken back from statements when money goes: the prepaid rest first, then the last paid first. */
export function takeBack(amountFen: number, prepaidFen: number, paid: readonly Part[]): Part[] {
  const parts: Part[] = []
  let left = amountFen - Math.min(amountFen, Math.max(0, prepaidFen))
  for (const { statementId, fen } of paid.toReversed()) {
    const back = Math.min(left, fen)
    if (back <= 0) continue
    parts.push({ statementId, fen: -back })
    left -= back
  }
  return parts
}

const firstPauseMs = 15_000
const longestPauseMs = 3_600_000

/** When the provider is asked next how something stands: after 15, 30, 60 … seconds, at most an hour. */
export const nextLook = (now: Date, looks: number): Date =>
  new Date(now.getTime() + Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(looks, 12)))

/** Days within which a method takes refunds (Stripe, WeChat Pay: 180; Alipay: 90); null = no end. */
export const refundDays: Readonly<Record<string, number | null>> = {
  card: null,
  alipay: 90,
  wechat_pay: 180,
  transfer: null,
}

/** A payment online is given up after so long, one by transfer after longer. */
export const expiryMs = { online: 86_400_000, transfer: 30 * 86_400_000 } as const
