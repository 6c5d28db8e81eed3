import type { Examples } from './example.fixture.ts'

export const planBoardExamples = {
  'routes.readBoard': {
    touches: 'rows',
    input: ({ roads: { toMove } }) => ({ params: { id: toMove.plan.id } }),
  },
  'routes.tryMove': {
    touches: 'rows',
    input: ({ roads: { toMove } }) => ({
      params: { id: toMove.plan.id },
      query: { stopId: toMove.run.stops[0]?.id as string },
    }),
  },
} satisfies Partial<Examples>
