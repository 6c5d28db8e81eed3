/** Statuses one filters orders by, in their order; the contract's own list would bring its schemas along. */
export const orderStatuses = [
  'awaiting_approval',
  'placed',
  'frozen',
  'picking',
  'picked',
  'loaded',
  'delivered',
  'accepted',
  'failed',
  'cancelled',
] as const
