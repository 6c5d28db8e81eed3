import type { Examples } from './example.fixture.ts'

export const planBoardExamples = {
  'routes.readBoard': {
    touches: 'rows',
    blind: ['driver'],
    input: ({ roads: { toMove } }) => ({ params: { id: toMove.plan.id } }),
  },
  'routes.tryMove': {
    touches: 'rows',
    input: ({ roads: { toMove } }) => ({
      params: { id: toMove.plan.id },
      query: { stopId: toMove.run.stops[0]?.id as string },
    }),
  },
  'routes.lockStops': {
    touches: 'rows',
    input: ({ roads: { toMove } }) => ({
      params: { id: toMove.plan.id },
      body: { stopIds: [toMove.run.stops[0]?.id as string], locked: false },
    }),
  },
} satisfies Partial<Examples>
