import type { Consumers } from './once.ts'

/** What follows what: event type → consumer → verb. */
export const consumers: Consumers = {}
