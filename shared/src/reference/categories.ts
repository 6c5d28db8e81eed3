import { CATEGORY_GROUPS, type CategoryRules, type Leaf } from './category-groups.ts'
import { LOT_PAPERS, type PaperNeed } from './papers.ts'

/** First level: A1 … D1. */
export type CategoryGroup = keyof typeof CATEGORY_GROUPS

type LeafOf<G> = G extends { readonly leaves: infer L } ? keyof L & string : never

/** A product may sit in a whole group or in one of its second-level categories. */
export type CategoryId = CategoryGroup | LeafOf<(typeof CATEGORY_GROUPS)[CategoryGroup]>

/** A category with all its rules; `parent` is null for a group. */
export type Category = CategoryRules & {
  readonly id: CategoryId
  readonly parent: CategoryGroup | null
  readonly zh: string
  readonly en: string
}

/** The tree in reading order: each group followed by its leaves, which inherit its rules. */
export const CATEGORIES: readonly Category[] = Object.entries(CATEGORY_GROUPS).flatMap(([code, group]) => {
  const { zh, en, rules } = group
  const id = code as CategoryGroup
  const leaves = Object.entries<Leaf>(group.leaves)
  return [
    { ...rules, zh, en, id, parent: null },
    ...leaves.map(([leafId, leaf]) => ({ ...rules, ...leaf, id: leafId as CategoryId, parent: id })),
  ]
})

export const CATEGORY_IDS: readonly CategoryId[] = CATEGORIES.map((one) => one.id)

const BY_ID: ReadonlyMap<string, Category> = new Map(CATEGORIES.map((one) => [one.id, one]))

/** True for a known category of either level. */
export function isCategoryId(id: string): id is CategoryId {
  return BY_ID.has(id)
}

/** The category of an id; RangeError for an unknown one. */
export function categoryOf(id: CategoryId): Category {
  const found = BY_ID.get(id)
  if (!found) throw new RangeError(`unknown category: ${id}`)
  return found
}

/** The category and, for a group, everything below it: what a filter by category means. */
export function withLeaves(id: CategoryId): readonly CategoryId[] {
  return CATEGORIES.filter((one) => one.id === id || one.parent === id).map((one) => one.id)
}

/** The paper the maker issues with each lot: 合格证 of the field, factory inspection of packed food; else null. */
export function statutoryPaper(id: CategoryId): 'conformity_certificate' | 'factory_inspection' | null {
  const { papers } = categoryOf(id)
  if (papers === 'plant' || papers === 'egg_or_fish' || papers === 'dry_agri') return 'conformity_certificate'
  return papers === 'prepackaged' ? 'factory_inspection' : null
}

/** The lot papers goods of this category need before they may be received or shipped. */
export function lotPapers(id: CategoryId): PaperNeed {
  return LOT_PAPERS[categoryOf(id).papers]
}
