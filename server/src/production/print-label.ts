import { baseText } from '@huming/shared/quantity'
import { ALLERGENS } from '@huming/shared/reference/allergens'
import { codeSvg } from '../documents/codes.ts'
import { writePdf } from '../documents/pdf.ts'
import type { PdfPart } from '../documents/pdf-doc.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { type LotLabel, readLotLabel } from './read-lot-label.ts'

/**
 * The label of a lot as it goes on the pack (100 × 150 mm). Always Chinese: labels of food sold in China are
 * (食品安全法 Art. 67, 97; GB 7718 3.8), with the last day of use spelled out (GB 7718-2025).
 */
export async function printLabel(ctx: Ctx, id: string): Promise<{ name: string; bytes: Buffer }> {
  const label = await readLotLabel(ctx, id)
  const parts: PdfPart[] = [
    { kind: 'text', text: label.name, size: 13 },
    { kind: 'text', text: label.spec },
    ...lines(label).map(([name, value]): PdfPart => ({ kind: 'text', text: `${name}：${value}`, size: 8 })),
    { kind: 'svg', svg: codeSvg('code128', label.lotCode), width: 210, align: 'center' },
  ]
  return {
    name: `${label.lotCode} 标签`,
    bytes: await writePdf({ title: label.lotCode, labelMm: [100, 150], parts }),
  }
}

/** What the law wants on it, in its order; what is not known is left out. */
function lines(label: LotLabel): [string, string][] {
  const allergens = label.allergens.map((one) => ALLERGENS[one].zh).join('、')
  const told: [string, string | null][] = [
    ['配料表', label.ingredients.map((one) => one.name).join('、')],
    ['致敏物质提示', allergens === '' ? '' : `含有${allergens}`],
    ['批次数量', baseText(label.quantity, label.baseUnit, 'zh')],
    ['生产日期', label.madeOn],
    ['保质期', `${label.shelfLifeDays} 天`],
    ['保质期到期日', label.useByDay],
    ['贮存条件', label.storage],
    ['产品标准代号', label.productStandard],
    ['食品生产许可证编号', label.scNumber],
    ['生产者', label.producer],
    ['地址', label.producerAddress],
    ['检验合格证号', label.certificate],
    ['类别', label.preparedDishClass === 'prepared_dish' ? '预制菜' : ''],
  ]
  return told.filter((line): line is [string, string] => Boolean(line[1]))
}
