import type { Chores } from './clock.ts'

/** What the time of day asks for. */
export const chores: Chores = {}
