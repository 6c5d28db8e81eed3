import { newId } from '@huming/shared/ids'
import type { OpenDb } from './client.ts'
import { crateTypes } from './schema/crates.ts'

type Db = OpenDb['db']

/** A kind of crate of 1.8 kg and 30 yuan deposit, unless told otherwise. */
export async function makeCrateType(db: Db, over: Partial<typeof crateTypes.$inferInsert> = {}) {
  const id = newId()
  const row = {
    id,
    code: `K${id.slice(-10).toUpperCase()}`,
    name: '示例筐',
    nameEn: 'Sample crate',
    tareGrams: 1800,
    depositFen: 3000,
    isSample: true,
    ...over,
  }
  const [made] = await db.insert(crateTypes).values(row).returning()
  return made as typeof row & typeof crateTypes.$inferSelect
}
