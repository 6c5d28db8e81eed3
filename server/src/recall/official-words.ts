import type { RecallCause, RecallStatus, recallClocks } from '@huming/shared/recall-words'

/** Words of a recall as official papers write them, Chinese only. */
export const officialWords = {
  levels: ['一级召回', '二级召回', '三级召回'],
  causes: {
    contamination: '污染或有害物质',
    foreign_body: '异物',
    spoilage: '腐败变质',
    allergen: '致敏原未标示',
    papers: '无合格证明',
    label: '标签瑕疵',
    other: '其他',
  } satisfies Record<RecallCause, string>,
  clocks: { start: '启动召回', finish: '完成召回', incident: '事故报告' } satisfies Record<
    (typeof recallClocks)[number],
    string
  >,
  methods: { dye: '染色', deform: '毁形', render: '无害化处理', burn: '焚烧' },
  steps: {
    draft: '草稿',
    stop_sale: '停售',
    scope_computed: '确定范围',
    notified: '发出通知',
    retrieving: '回收',
    disposed: '处置',
    reported: '出具报告',
    closed: '结案',
    withdrawn: '撤销',
  } satisfies Record<RecallStatus, string>,
} as const
