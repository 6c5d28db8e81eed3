import { kitchen } from './kitchen.ts'
import { orchard } from './orchard.ts'
import { pantry } from './pantry.ts'
import { produce } from './produce.ts'

/** Drawn picture of a product by its key; the seed and the catalogue name these keys. */
export const pictures: Readonly<Record<string, string>> = { ...orchard, ...produce, ...pantry, ...kitchen }
