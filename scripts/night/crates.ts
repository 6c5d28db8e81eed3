import { newId } from '@huming/shared/ids'
import type { Who } from './client.ts'
import type { Night } from './night.ts'

/** Kinds of crates in the product, read once for each night. */
const types = new WeakMap<Night, Promise<readonly { id: string; tareGrams: number }[]>>()

/** The first kind of crate in use. */
export async function crateType(night: Night): Promise<{ id: string; tareGrams: number } | undefined> {
  const known = types.get(night) ?? readTypes(night)
  types.set(night, known)
  return (await known)[0]
}

async function readTypes({ client, staff }: Night) {
  const { items } = await client.call('crates.types', {}, staff.receiver)
  return items.filter((type) => type.closedAt === null)
}

/** Back at the hub the crates are counted in; now and then one is missing and is written off by the lead. */
export async function handIn(night: Night, driver: Who): Promise<void> {
  const { client, chance, hubId, staff } = night
  const { items } = await client.call('crates.mine', {}, driver)
  const own = items.find((one) => one.hubId === hubId && one.total > 0)
  if (!own) return
  const party = { kind: 'driver' as const, id: own.id }
  const [first] = own.counts
  const lost = first && chance.happens(0.2) ? 1 : 0
  const counts = own.counts
    .map((one) => (one === first ? { ...one, count: one.count - lost } : one))
    .filter((one) => one.count > 0)
  const direction = 'from_party' as const
  if (counts.length > 0)
    await client.call(
      'crates.handOver',
      { params: { id: newId() }, body: { hubId, party, direction, counts } },
      staff.receiver,
    )
  if (!first || lost === 0) return
  const body = {
    hubId,
    party,
    kind: 'lost' as const,
    counts: [{ ...first, count: lost }],
    reason: '途中遗失（示例）',
  }
  await client.call('crates.correct', { params: { id: newId() }, body }, staff.lead)
}
