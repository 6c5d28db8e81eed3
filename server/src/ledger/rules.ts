/** Sums of a buyer's account as far as its credit goes. */
export type CreditState = {
  readonly debitsPendingFen: number
  readonly debitsPostedFen: number
  readonly creditsPostedFen: number
  /** Null: no limit. */
  readonly creditLimitFen: number | null
}

/** What is owed for goods that were delivered; below zero when paid in advance. */
export const owedFen = (account: CreditState): number => account.debitsPostedFen - account.creditsPostedFen

/** What may still be ordered on credit; null when there is no limit, never below zero. */
export function availableFen(account: CreditState): number | null {
  if (account.creditLimitFen === null) return null
  return Math.max(0, account.creditLimitFen - account.debitsPendingFen - owedFen(account))
}

/** The two accounts of a transfer and what it moves between them. */
export type Entry = {
  readonly debitAccountId: string
  readonly creditAccountId: string
  readonly amountFen: number
}
/** A hold makes its amount pending, a void ends that, a direct transfer posts at once. */
export type Movement = Entry & { readonly kind: 'hold' | 'void' | 'direct' }
/** A post ends a hold of `heldFen` with the smaller or equal `amountFen`. */
export type Post = Entry & { readonly kind: 'post'; readonly heldFen: number }

/** How one account's four sums change. */
export type SumChange = {
  debitsPending: number
  debitsPosted: number
  creditsPending: number
  creditsPosted: number
}

/** Adds the movements up by account; both sides of each change alike, so the entries balance. */
export function sumChanges(movements: Iterable<Movement | Post>): Map<string, SumChange> {
  const changes = new Map<string, SumChange>()
  const of = (accountId: string): SumChange => {
    let change = changes.get(accountId)
    if (!change) {
      change = { debitsPending: 0, debitsPosted: 0, creditsPending: 0, creditsPosted: 0 }
      changes.set(accountId, change)
    }
    return change
  }
  for (const movement of movements) {
    const { pending, posted } = effectOf(movement)
    const debit = of(movement.debitAccountId)
    debit.debitsPending += pending
    debit.debitsPosted += posted
    const credit = of(movement.creditAccountId)
    credit.creditsPending += pending
    credit.creditsPosted += posted
  }
  return changes
}

function effectOf(movement: Movement | Post): { pending: number; posted: number } {
  if (movement.kind === 'hold') return { pending: movement.amountFen, posted: 0 }
  if (movement.kind === 'void') return { pending: -movement.amountFen, posted: 0 }
  if (movement.kind === 'post') return { pending: -movement.heldFen, posted: movement.amountFen }
  return { pending: 0, posted: movement.amountFen }
}

/** How a hold ends: what is posted of it, and what is owed above it (weighed goods may end a little higher). */
export function splitPost(held: number, finalFen: number): { postFen: number; surplusFen: number } {
  const postFen = Math.min(held, finalFen)
  return { postFen, surplusFen: finalFen - postFen }
}
