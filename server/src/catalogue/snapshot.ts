import { onSale } from '@huming/shared/gates'
import type { Sql } from '../kernel/ctx.ts'
import { type OfferedPack, readChangedPacks } from './packs.ts'

/** Everything on offer as it was at one version, packs sorted by the sound of their names. Never changed in place. */
export type Catalogue = {
  readonly version: number
  readonly packs: readonly OfferedPack[]
  readonly byId: ReadonlyMap<string, OfferedPack>
}

type Kept = { catalogue: Catalogue; reading?: Promise<void> }

const nothing: Catalogue = { version: -1, packs: [], byId: new Map() }
/** One kept catalogue per database client, that is, per process. */
const kept = new WeakMap<Sql, Kept>()

/**
 * The catalogue at `version` or newer; without a version the one at hand, which the caller must compare with the
 * version it reads beside its other rows. Only so is the copy in memory as right as the tables, in every process.
 */
export async function catalogueAt(sql: Sql, version = 0): Promise<Catalogue> {
  const mine = kept.get(sql) ?? { catalogue: nothing }
  kept.set(sql, mine)
  // A reading under way may have begun before that version was there; the one after it has not.
  for (let readings = 0; readings < 2 && mine.catalogue.version < version; readings++) {
    mine.reading ??= refresh(sql, mine)
    await mine.reading
  }
  return mine.catalogue
}

/** Requests that find the copy old together wait for one reading. */
async function refresh(sql: Sql, mine: Kept): Promise<void> {
  try {
    mine.catalogue = await readNewer(sql, mine.catalogue)
  } finally {
    delete mine.reading
  }
}

/** Reads only what changed, so that a price written does not cost the reading of all packs. */
async function readNewer(sql: Sql, old: Catalogue): Promise<Catalogue> {
  const { version, deletedIn, changed } = await readChangedPacks(sql, old.version)
  const ids = new Set(changed.map(({ id }) => id))
  const same = deletedIn > old.version ? [] : old.packs.filter((pack) => !ids.has(pack.fixed.skuId))
  const onOffer = changed.map(({ pack }) => pack).filter((pack) => pack !== null)
  const packs = [...same, ...onOffer].sort(bySound)
  return { version, packs, byId: new Map(packs.map((pack) => [pack.fixed.skuId, pack])) }
}

/** Catalogues as they are on a day, found so far; what changes is another catalogue. */
const views = new WeakMap<Catalogue, Map<string, Catalogue>>()
const viewsMax = 100

/** The catalogue without the packs whose papers do not let them be promised today for the day. */
export function onSaleOn(catalogue: Catalogue, today: string, day: string): Catalogue {
  const known = views.get(catalogue) ?? new Map<string, Catalogue>()
  if (known.size >= viewsMax) known.clear()
  views.set(catalogue, known)
  const key = `${today} ${day}`
  const view = known.get(key) ?? viewOf(catalogue, (pack) => onSale(pack, { today, day }))
  known.set(key, view)
  return view
}

function viewOf(catalogue: Catalogue, keep: (pack: OfferedPack) => boolean): Catalogue {
  const packs = catalogue.packs.filter(keep)
  if (packs.length === catalogue.packs.length) return catalogue
  return { version: catalogue.version, packs, byId: new Map(packs.map((pack) => [pack.fixed.skuId, pack])) }
}

/** Chinese names sort by their sound; the id last, so that pages never overlap. */
const bySound = (a: OfferedPack, b: OfferedPack): number =>
  compare(a.words.full, b.words.full) ||
  compare(a.fixed.name, b.fixed.name) ||
  a.fixed.basePerOrderUnit - b.fixed.basePerOrderUnit ||
  compare(a.fixed.skuId, b.fixed.skuId)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
