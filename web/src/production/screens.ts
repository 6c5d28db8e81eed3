import type { Screen } from '../app/area.ts'
import { later } from '../app/later.tsx'

/** Production in the co-op console: bases make food, co-ops mix and repack. */
export const productionScreens: readonly Screen[] = [
  { path: '/making', screen: later(async () => (await import('./home.tsx')).MakingHome) },
  { path: '/making/plan', screen: later(async () => (await import('./plan.tsx')).PlanBatch) },
  { path: '/making/batches/:id', screen: later(async () => (await import('./batch.tsx')).BatchPage) },
  { path: '/making/recipes', screen: later(async () => (await import('./recipes.tsx')).Recipes) },
  { path: '/making/recipes/new', screen: later(async () => (await import('./recipe-form.tsx')).NewRecipe) },
  { path: '/making/recipes/:id', screen: later(async () => (await import('./recipe.tsx')).RecipePage) },
  { path: '/making/store', screen: later(async () => (await import('./store.tsx')).Store) },
  { path: '/making/store/new', screen: later(async () => (await import('./material-form.tsx')).NewMaterial) },
  { path: '/making/store/buy', screen: later(async () => (await import('./receive.tsx')).BuyMaterial) },
  { path: '/making/labels/:skuId', screen: later(async () => (await import('./label.tsx')).LabelPage) },
]
