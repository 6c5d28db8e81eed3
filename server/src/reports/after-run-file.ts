import { type Column, xlsxOf } from '../documents/sheet.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { figuresIn, orderFigures, type Range, readAfterRun } from './after-run.ts'

/** Heading in both languages. */
const head = (ctx: Ctx, zh: string, en: string) => (ctx.locale === 'zh' ? zh : en)
const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

type Sums = {
  grams: number
  metres: number
  tonneMetres: number
  costFen: number
  gramsCo2e: number
  stops: number
  arrived: number
  onTime: number
  dropSeconds: number
  dropStops: number
  plannedMetres: number
  actualMetres: number | null
  orders: number
}

function sumColumns<Row extends Sums>(ctx: Ctx): Column<Row>[] {
  const h = (zh: string, en: string) => head(ctx, zh, en)
  return [
    { head: h('订单', 'Orders'), of: (row) => row.orders },
    { head: h('站点', 'Stops'), of: (row) => row.stops },
    { head: h('准时率', 'On time'), of: (row) => share(row.onTime, row.arrived), format: '0.0%' },
    {
      head: h('平均交货分钟', 'Drop minutes'),
      of: (row) => share(row.dropSeconds / 60, row.dropStops),
      format: '0.0',
    },
    { head: h('计划公里', 'Planned km'), of: (row) => row.plannedMetres / 1000, format: '0.0' },
    {
      head: h('实际公里', 'Actual km'),
      of: (row) => row.actualMetres && row.actualMetres / 1000,
      format: '0.0',
    },
    { head: h('吨', 'Tonnes'), of: (row) => row.grams / 1_000_000, format: '0.000' },
    { head: h('吨公里', 'Tonne-km'), of: (row) => row.tonneMetres / 1000, format: '0.0' },
    { head: h('成本（元）', 'Cost (CNY)'), of: (row) => row.costFen / 100, format: '0.00' },
    {
      head: h('每单成本（元）', 'Cost per order'),
      of: (row) => share(row.costFen / 100, row.orders),
      format: '0.00',
    },
    {
      head: h('每吨公里成本（元）', 'Cost per tonne-km'),
      of: (row) => share(row.costFen * 10, row.tonneMetres),
      format: '0.00',
    },
    { head: h('kg CO₂e', 'kg CO₂e'), of: (row) => row.gramsCo2e / 1000, format: '0.00' },
    {
      head: h('每单 kg CO₂e', 'kg CO₂e per order'),
      of: (row) => share(row.gramsCo2e / 1000, row.orders),
      format: '0.000',
    },
    {
      head: h('每吨公里 kg CO₂e', 'kg CO₂e per tonne-km'),
      of: (row) => share(row.gramsCo2e, row.tonneMetres),
      format: '0.000',
    },
  ]
}

/** The figures after the runs as a workbook: by day, run or order. */
export async function afterRunFile(
  ctx: Ctx,
  { rows, ...range }: Range & { rows: 'days' | 'runs' | 'orders' },
): Promise<{ name: string; bytes: Buffer }> {
  const h = (zh: string, en: string) => head(ctx, zh, en)
  const name = `${h('配送结果', 'After the run')} ${range.from} ${range.to}`
  const place = [
    { head: h('日期', 'Day'), of: (row: { day: string }) => row.day },
    { head: h('仓', 'Hub'), of: (row: { hub: string }) => row.hub, width: 24 },
  ]
  if (rows === 'orders') return { name, bytes: await orderSheet(ctx, name, range) }
  const figures = await readAfterRun(ctx, range)
  if (rows === 'days') {
    const columns = [...place, ...sumColumns<(typeof figures.days)[number]>(ctx)]
    return { name, bytes: await xlsxOf(name, columns, figures.days) }
  }
  type Run = (typeof figures.runs)[number]
  const columns: Column<Run>[] = [
    ...place,
    { head: h('车次', 'Run'), of: (row) => row.seq },
    { head: h('车牌', 'Plate'), of: (row) => row.plate },
    { head: h('司机', 'Driver'), of: (row) => row.driver },
    ...sumColumns<Run>(ctx),
    { head: h('排放因子来源', 'Factor from'), of: (row) => row.factor?.source ?? '', width: 50 },
    { head: h('可信度', 'Certainty'), of: (row) => row.factor?.certainty ?? '' },
  ]
  return { name, bytes: await xlsxOf(name, columns, figures.runs) }
}

async function orderSheet(ctx: Ctx, name: string, range: Range): Promise<Buffer> {
  const h = (zh: string, en: string) => head(ctx, zh, en)
  const { figures, orders } = await figuresIn(ctx, range)
  const rows = orderFigures(figures, orders)
  return xlsxOf<(typeof rows)[number]>(
    name,
    [
      { head: h('日期', 'Day'), of: (row) => row.day },
      { head: h('订单', 'Order'), of: (row) => row.number, width: 20 },
      { head: h('客户', 'Buyer'), of: (row) => row.buyer, width: 24 },
      { head: h('门店', 'Site'), of: (row) => row.site, width: 24 },
      { head: h('千克', 'kg'), of: (row) => row.grams / 1000, format: '0.0' },
      { head: h('吨公里', 'Tonne-km'), of: (row) => row.tonneMetres / 1000, format: '0.000' },
      { head: h('准时', 'On time'), of: (row) => (row.onTime === null ? '' : row.onTime ? 1 : 0) },
      {
        head: h('交货分钟', 'Drop minutes'),
        of: (row) => row.dropSeconds && row.dropSeconds / 60,
        format: '0.0',
      },
      { head: h('成本（元）', 'Cost (CNY)'), of: (row) => row.costFen / 100, format: '0.00' },
      { head: h('kg CO₂e', 'kg CO₂e'), of: (row) => row.gramsCo2e / 1000, format: '0.000' },
    ],
    rows,
  )
}
