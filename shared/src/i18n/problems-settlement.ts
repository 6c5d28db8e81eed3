/** Refusals about settlement, payouts and commission: [中文, English]. */
export const settlementProblems = {
  'problem.more_than_settled': [
    '超出该批次尚可退的数量或金额。',
    'That is more than is left of what was settled for this lot.',
  ],
} as const
