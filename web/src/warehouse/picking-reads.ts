import type { Reply } from '../app/api.ts'

export type ToteDetail = Reply<'picking.readTote'>
export type Rules = Reply<'picking.hubRules'>
/** What is read again after something was done with a tote, or to the rules of a hub. */
export const toteReads = ['picking.readTote', 'picking.listTotes', 'picking.board'] as const
export const ruleReads = ['picking.hubRules', 'picking.readWave'] as const
