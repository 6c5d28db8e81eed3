import type { crateTypes } from '../../schema/crates.ts'
import { sampleId } from '../ids.ts'

type Row = typeof crateTypes.$inferInsert

const type = (code: string, name: string, nameEn: string, tareGrams: number, depositFen: number): Row => ({
  id: sampleId(`crate type ${code}`),
  code,
  name,
  nameEn,
  tareGrams,
  depositFen,
  isSample: true,
})

/** Kinds of crates 示例: 600×400 modules in two heights and an insulated box for cold goods. */
export const crateTypeRows: readonly Row[] = [
  type('K-6422', '600×400×220 筐', '600×400×220 crate', 1500, 3000),
  type('K-6434', '600×400×340 筐', '600×400×340 crate', 2100, 4000),
  type('K-EPP60', '保温箱 60 L', 'Insulated box 60 L', 1900, 5000),
]

/** The kind in which goods go to doors, and the one in which suppliers bring them. */
export const [doorCrate, farmCrate] = crateTypeRows as [Row, Row]
