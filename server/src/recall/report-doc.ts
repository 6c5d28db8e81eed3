import { minutesOf, minutesText, serviceDayOf } from '@huming/shared/days'
import { packedText } from '@huming/shared/packed-text'
import type { BaseUnit, UnitId } from '@huming/shared/units'
import type { PdfDoc, PdfPart } from '../documents/pdf-doc.ts'
import { officialWords } from './official-words.ts'
import type { RecallDoc } from './read-recall.ts'

/** With the year: a report is read for years. */
const moment = (at: Date): string => `${serviceDayOf(at)} ${minutesText(minutesOf(at))}`
const at = (instant: string | null): string => (instant === null ? '—' : moment(new Date(instant)))

/** Hours and minutes between two instants. */
function span(from: string, to: string | null): string {
  if (to === null) return '—'
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000)
  return minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`
}

/** One record of destruction: Art. 63 asks for its time and place. */
export type Destroyed = {
  readonly lotCode: string
  readonly baseUnit: BaseUnit
  readonly orderUnit: UnitId
  readonly basePerOrderUnit: number
  readonly quantity: number
  readonly method: string
  readonly place: string
  readonly doneAt: string
  readonly doneBy: string | null
  readonly witness: string | null
  readonly note: string
}

/** The report as a document (食品安全法 Art. 63: what was recalled, recovered, destroyed, when and where). */
export function reportDoc(recall: RecallDoc, destroyed: readonly Destroyed[], now: Date): PdfDoc {
  const final = ['reported', 'closed'].includes(recall.status)
  return {
    title: recall.drill ? '食品召回演练报告' : '食品召回报告',
    sub: `${recall.number} · ${officialWords.levels[recall.level - 1]} · ${moment(now)}${final ? '' : ' · 未定稿'}`,
    ...(recall.drill ? { watermark: '演 练' } : recall.isSample ? { watermark: '示 例' } : {}),
    foot: `沪明直供 ${recall.number}`,
    parts: [
      ...factsPart(recall),
      ...clocksPart(recall),
      ...lotsPart(recall),
      ...(recall.drill ? [] : balancePart(recall)),
      ...placesPart(recall),
      ...destroyedPart(destroyed),
      ...(recall.conclusion === ''
        ? []
        : ([
            { kind: 'heading', text: '结论' },
            { kind: 'text', text: recall.conclusion },
          ] as const)),
      { kind: 'signatures', names: ['食品安全负责人', '复核', '日期'] },
    ],
  }
}

/** The rules whose clocks run, each source once. */
function basisOf(recall: RecallDoc): string {
  const clocks = new Set<string>(['answer', ...recall.clocks.map((clock) => clock.clock)])
  const rules = recall.rules.filter((rule) => clocks.has(rule.clock))
  const texts = rules.map((rule) => rule.source + (rule.verify ? '（待核对新规）' : ''))
  return [...new Set(texts)].join('；')
}

const factsPart = (recall: RecallDoc): PdfPart[] => [
  {
    kind: 'facts',
    rows: [
      ['编号', recall.number],
      ['级别', officialWords.levels[recall.level - 1] ?? ''],
      ['原因', `${officialWords.causes[recall.cause]}：${recall.reason}`],
      ['处置方式', recall.remedy === 'relabel' ? '更正标签' : '销毁'],
      ['知悉时间', at(recall.knownAt)],
      ['负责人', recall.createdBy ?? '系统'],
      ['依据', basisOf(recall)],
      ...(recall.withdrawReason === null ? [] : [['撤销原因', recall.withdrawReason] as const]),
    ],
  },
]

function clocksPart(recall: RecallDoc): PdfPart[] {
  return [
    { kind: 'heading', text: '时限与用时' },
    {
      kind: 'table',
      head: ['时限', '应完成', '实际', '结果'],
      rows: recall.clocks.map((clock) => [
        officialWords.clocks[clock.clock],
        at(clock.dueAt),
        at(clock.doneAt),
        clock.late ? '逾期' : clock.doneAt === null ? '进行中' : '按时',
      ]),
    },
    {
      kind: 'table',
      head: ['步骤', '时间', '自知悉起'],
      rows: recall.steps.map((step) => [
        officialWords.steps[step.status],
        at(step.at),
        span(recall.knownAt, step.at),
      ]),
    },
    ...(recall.drill
      ? ([
          { kind: 'text', text: '演练未停售、未通知、未改动任何库存与订单；以下为如实查得的范围。' },
        ] as const)
      : []),
  ]
}

function lotsPart(recall: RecallDoc): PdfPart[] {
  return [
    { kind: 'heading', text: `涉及批次（${recall.lotList.length}）` },
    {
      kind: 'table',
      head: ['批次', '品名', '规格', '供应商', '仓', '层级', '到期日'],
      widths: [110, '*', 70, 70, 70, 40, 60],
      rows: recall.lotList.map((lot) => [
        lot.lotCode,
        lot.name,
        lot.spec,
        lot.supplier,
        lot.hub,
        lot.named ? '点名' : `下游 ${lot.depth}`,
        lot.useByDay,
      ]),
    },
  ]
}

function balancePart(recall: RecallDoc): PdfPart[] {
  const columns = [
    ['入账', 'entered'],
    ['货架', 'onShelf'],
    ['隔离/退货', 'apart'],
    ['箱内', 'inTotes'],
    ['车上', 'onTrucks'],
    ['拒收未入', 'backAtDoor'],
    ['买家封存', 'withBuyers'],
    ['已用/已售', 'usedByBuyers'],
    ['未答复', 'notTold'],
    ['已销毁', 'destroyed'],
    ['损耗', 'lost'],
    ['制成他批', 'madeInto'],
    ['调出', 'movedOn'],
    ['已追回', 'recovered'],
    ['无法解释', 'unexplained'],
  ] as const
  return [
    { kind: 'heading', text: '物料平衡' },
    ...recall.balance.flatMap((lot): PdfPart[] => [
      { kind: 'text', text: `${lot.name} ${lot.spec} · ${lot.lotCode}` },
      {
        kind: 'facts',
        rows: columns
          .filter(([, key]) => lot[key] !== 0 || key === 'entered' || key === 'unexplained')
          .map(([label, key]) => [label, packedText(lot[key], lot, 'zh')] as const),
      },
    ]),
  ]
}

function placesPart(recall: RecallDoc): PdfPart[] {
  const buyers = recall.notices.filter((notice) => notice.kind === 'buyer')
  return [
    { kind: 'heading', text: `流向与追回（${buyers.length} 个收货点）` },
    {
      kind: 'table',
      head: ['收货点', '批次', '收到', '封存', '已用/已售', '追回', '确认'],
      widths: ['*', 100, 60, 60, 60, 60, 70],
      numeric: [2, 3, 4, 5],
      rows: buyers.flatMap((notice) =>
        notice.goods.map((lot) => [
          notice.place,
          lot.lotCode,
          packedText(lot.quantity, lot, 'zh'),
          lot.keptQuantity === null ? '—' : packedText(lot.keptQuantity, lot, 'zh'),
          lot.usedQuantity === null ? '—' : packedText(lot.usedQuantity, lot, 'zh'),
          packedText(lot.recoveredQuantity, lot, 'zh'),
          recall.drill
            ? '未发送'
            : (notice.answeredAt ?? notice.calledAt) === null
              ? '未确认'
              : at(notice.answeredAt ?? notice.calledAt),
        ]),
      ),
    },
  ]
}

function destroyedPart(rows: readonly Destroyed[]): PdfPart[] {
  if (rows.length === 0) return []
  return [
    { kind: 'heading', text: '销毁记录' },
    {
      kind: 'table',
      head: ['批次', '数量', '方式', '地点', '时间', '经办', '见证'],
      widths: [100, 60, 50, '*', 80, 50, 80],
      numeric: [1],
      rows: rows.map((one) => [
        one.lotCode,
        packedText(one.quantity, one, 'zh'),
        officialWords.methods[one.method as keyof typeof officialWords.methods] ?? one.method,
        one.place,
        at(one.doneAt),
        one.doneBy ?? '',
        [one.witness ?? '待见证', one.note].filter((text) => text !== '').join('；'),
      ]),
    },
  ]
}
