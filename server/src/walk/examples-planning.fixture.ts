import { newId } from '@huming/shared/ids'
import type { Examples } from './example.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const dispatcherOnly = ['driver'] as const

export const planningExamples = {
  'routes.propose': {
    touches: 'rows',
    input: ({ roads }) => ({ ...byId(newId()), body: { waveId: roads.toMove.wave.id, seconds: 1 } }),
  },
  'routes.listProposals': {
    touches: 'rows',
    blind: dispatcherOnly,
    input: ({ roads }) => ({ params: { waveId: roads.toMove.wave.id } }),
  },
  'routes.readProposal': {
    touches: 'rows',
    blind: dispatcherOnly,
    input: ({ roads }) => byId(roads.proposals.toRead),
  },
  'routes.cancelProposal': { touches: 'rows', input: ({ roads }) => byId(roads.proposals.toCancel) },
  'routes.adoptProposal': { touches: 'rows', input: ({ roads }) => byId(roads.proposals.toAdopt) },
} satisfies Partial<Examples>
