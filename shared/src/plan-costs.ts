/** Parts of what a plan of routes costs, in fen; proposals name them the same. */
export const costParts = [
  'vehicles',
  'distance',
  'time',
  'lateness',
  'overtime',
  'moved',
  'unserved',
] as const
export type CostPart = (typeof costParts)[number]
