import { hubs, organisations, sites } from '@huming/db/schema/accounts'
import { newId } from '@huming/shared/ids'
import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '../kernel/ctx.ts'
import { Fault, found } from '../kernel/fault.ts'
import { oneAtATime } from '../kernel/one-at-a-time.ts'

/** Organisations that make goods and keep a store of their own. */
export const makerKinds = ['base', 'coop'] as const

/**
 * The maker's own store, a hub of kind `store` at its first site; opened when it is first needed. Nothing in it is for
 * sale: no site is served from it. Refuses an organisation that makes nothing (`not_found`) or has no site yet
 * (`store_missing`).
 */
export async function ensureStore(tx: Tx, orgId: string): Promise<string> {
  await oneAtATime(tx, `store ${orgId}`)
  const [store] = await tx
    .select({ id: hubs.id })
    .from(hubs)
    .where(and(eq(hubs.orgId, orgId), eq(hubs.kind, 'store')))
    .orderBy(asc(hubs.id))
    .limit(1)
  if (store) return store.id
  const [org] = await tx
    .select({ name: organisations.shortName, isSample: organisations.isSample })
    .from(organisations)
    .where(and(eq(organisations.id, orgId), inArray(organisations.kind, [...makerKinds])))
  const { name, isSample } = found(org)
  const [site] = await tx
    .select()
    .from(sites)
    .where(and(eq(sites.orgId, orgId), isNull(sites.closedAt)))
    .orderBy(asc(sites.id))
    .limit(1)
  if (!site) throw new Fault('store_missing')
  const { districtCode, address, lngE6, latE6 } = site
  const id = newId()
  await tx.insert(hubs).values({
    id,
    orgId,
    kind: 'store',
    name: `${name}原料库`,
    districtCode,
    address,
    lngE6,
    latE6,
    isSample,
  })
  return id
}
