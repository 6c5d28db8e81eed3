/** Refusals about settlement, payouts and commission: [中文, English]. */
export const settlementProblems = {
  'problem.more_than_settled': [
    '超出该批次尚可退的数量或金额。',
    'That is more than is left of what was settled for this lot.',
  ],
  'problem.terms_too_early': [
    '条款最早从今天起生效，已下单的不变。',
    'Terms can begin today at the earliest; orders placed before keep theirs.',
  ],
  'problem.payout_blocked': [
    '{{party}} 现在不能付款，请从批次中移除后再提交。',
    '{{party}} cannot be paid now. Take it out and propose again.',
  ],
  'problem.payout_not_covered': [
    '{{party}} 的应付已少于付款金额（可能有新的售后）。请取消该批次，重新提交。',
    'Less is due to {{party}} than the payout says, perhaps for a new claim. Cancel the batch and propose again.',
  ],
  'problem.payout_total_changed': [
    '应付有变动，最新合计为 {{total}}，请刷新后再提交。',
    'What is due has changed: it is {{total}} now. Look again and propose.',
  ],
  'problem.due_in_future': ['付款截至日不能晚于今天。', 'Pay what is due up to today at the latest.'],
  'problem.second_approval_missing': [
    '{{party}} 的收款账户一天内有变更，须另一人核实后才能付款。',
    '{{party}} told a new account within a day. Somebody else must verify it first.',
  ],
  'problem.mandate_too_early': [
    '委托最早从今天开始，最早到昨天结束。',
    'A mandate can begin today and end yesterday at the earliest.',
  ],
  'problem.mandate_overlaps': [
    '委托人在这段时间已有经纪人 {{broker}}，请先终止。',
    'The principal has the broker {{broker}} in this time. End that mandate first.',
  ],
  'problem.commission_contested': ['这一笔已提过异议。', 'You have objected to this one already.'],
  'problem.commission_contest_late': [
    '只能对近 {{days}} 天的佣金提出异议。',
    'You can object to commissions of the last {{days}} days.',
  ],
} as const
