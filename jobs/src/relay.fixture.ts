import { notices } from '@huming/db/schema/events'
import { newId } from '@huming/shared/ids'
import type { Consumers } from './once.ts'

const silent = () => {}
export const quietLog = { info: silent, warn: silent, error: silent, debug: silent }

/** An effect that would show if it happened twice: a row of its own each time. */
export const crashConsumers: Consumers = {
  'test.happened': {
    notice: async (ctx, event) => {
      await ctx.db.insert(notices).values({
        id: newId(),
        orgId: event.subjectId,
        key: 'test',
        params: {},
        subjectId: event.id,
        at: ctx.now,
      })
    },
  },
}
