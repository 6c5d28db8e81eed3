/**
 * Accounts by purpose. `own`: a party's, locked first; `shared`: a house account that many write, locked last. Every
 * balance grows by one side; the ledger instructs and reconciles money that lies at a bank or payment firm.
 */
export const accountPurposes = {
  /** What a buyer owes (debit); a net credit is paid in advance. */
  receivable: 'own',
  /** What is owed to a co-op or base (credit). */
  payable: 'own',
  /** 质保金 held back from a supplier (credit). */
  retention: 'own',
  /** 保证金 of a seller (credit). */
  deposit: 'own',
  /** What is owed to a broker (credit). */
  commission: 'own',
  /** Clearing of the organisation that runs the hub: from what buyers owe to what parties are owed; ends at zero. */
  sales: 'shared',
  /** Platform fees earned (credit). */
  fees: 'shared',
  /** Mirrors of the supervised bank account and of the Stripe balance (debit), and what Stripe keeps for itself. */
  bank: 'shared',
  stripe: 'shared',
  stripe_fees: 'shared',
  /** Taken back by a payer's bank until it is decided whose it is (debit). */
  disputed: 'shared',
  /** Sent out, neither confirmed nor returned (credit). */
  in_flight: 'shared',
  /** Claims whose cause is the holder's (debit). */
  claims_cost: 'shared',
  /** Money received whose owner is not known yet (credit). */
  unmatched: 'shared',
  /** Late interest earned (credit); what was given up (debit). */
  interest: 'shared',
  write_off: 'shared',
} as const
export type AccountPurpose = keyof typeof accountPurposes

/** House accounts, in SQL order after all others. */
export const sharedPurposes = Object.entries(accountPurposes)
  .filter(([, kind]) => kind === 'shared')
  .map(([purpose]) => purpose as AccountPurpose)

/** Why money moves from one account to another; the event of the transfer says when and by whom. */
export const transferReasons = [
  'sale',
  'settle',
  'fee',
  'retention',
  'retention_release',
  'commission',
  'payment',
  'refund',
  'credit_note',
  'claw_back',
  'claim_moved',
  'payout',
  'payout_returned',
  'interest',
  'write_off',
  'match',
  'dispute',
  'offset',
  'stripe_fee',
  'deposit',
] as const
export type TransferReason = (typeof transferReasons)[number]

/** An account by its holder and purpose. */
export type AccountRef = { readonly orgId: string; readonly purpose: AccountPurpose }

/** Money to be moved at once between two accounts, with why. */
export type NewTransfer = {
  readonly debit: AccountRef
  readonly credit: AccountRef
  /** Nothing is written for 0. */
  readonly amountFen: number
  readonly reason: TransferReason
  /** The order, claim, payment or payout it is for. */
  readonly subjectId: string
  readonly eventId: string
}
