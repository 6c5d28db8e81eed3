import { farmDry } from './farm-dry.ts'
import { farmForest } from './farm-forest.ts'
import { farmFruit } from './farm-fruit.ts'
import { farmGrain } from './farm-grain.ts'
import { farmMeat } from './farm-meat.ts'
import { farmMountain } from './farm-mountain.ts'
import { farmTea } from './farm-tea.ts'
import { farmVegetables } from './farm-vegetables.ts'
import type { Product } from './kinds.ts'
import { snackDough } from './snack-dough.ts'
import { snackKitchen } from './snack-kitchen.ts'
import { snackSauces } from './snack-sauces.ts'

/** Everything that is sold, the snack shops' goods first. Prices are made up; facts about places are public. */
export const sampleProducts: readonly Product[] = [
  ...snackDough,
  ...snackKitchen,
  ...snackSauces,
  ...farmVegetables,
  ...farmFruit,
  ...farmMeat,
  ...farmGrain,
  ...farmDry,
  ...farmMountain,
  ...farmForest,
  ...farmTea,
]
