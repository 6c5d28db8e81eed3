import type { Pair } from './messages.ts'

/** Refusals about recalled goods. */
export const recallProblems = {
  'problem.goods_recalled': [
    '批次 {{lots}} 正在召回，不得交付。请按“召回”退回，随车带回仓库。',
    'Lot {{lots}} is being recalled: do not hand it over. Return it as “recalled” and bring it back.',
  ],
  'problem.tote_recalled': [
    '箱内有召回批次 {{lots}}，请先取出隔离，再封箱装车。',
    'There is recalled lot {{lots}} in the tote. Take it out and set it apart first.',
  ],
  'problem.recall_tasks_open': [
    '还有 {{count}} 处召回货物没有取回，请先完成。',
    'Recalled goods in {{count}} [place|places] [is|are] not fetched yet.',
  ],
  'problem.recall_not_witnessed': [
    '还有 {{count}} 条销毁记录没有第二人见证，请先在销毁台确认。',
    '{{count}} [record|records] of disposal await a second person. Confirm them at the disposal desk first.',
  ],
  'problem.recall_quantities_wrong': [
    '数量不对：合计不能超过 {{max}}。',
    'The quantities do not fit: together at most {{max}}.',
  ],
} satisfies Record<`problem.${string}`, Pair>
