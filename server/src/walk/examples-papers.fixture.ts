import type { Role } from '@huming/shared/permissions'
import type { Examples } from './example.fixture.ts'
import type { Side } from './world.fixture.ts'

const byId = (id: string) => ({ params: { id } })
/** Whose papers the role looks after. */
const holderOf = ({ orgs }: Side, role: Role): string => (role === 'lead' ? orgs.warehouse.id : orgs.coop.id)

export const paperExamples = {
  'papers.list': {
    touches: 'rows',
    input: (side, role) => ({ query: { orgId: holderOf(side, role) } }),
  },
  'papers.write': {
    touches: 'rows',
    input: ({ papers }, role) => {
      const { id, body } = papers.of(role).pending
      return { ...byId(id), body }
    },
  },
  'papers.subjects': { touches: 'rows', input: (side, role) => byId(holderOf(side, role)) },
  'papers.withdraw': {
    touches: 'rows',
    input: ({ papers }, role) => ({ ...byId(papers.of(role).pending.id), body: { version: 1 } }),
  },
  'papers.review': {
    touches: 'rows',
    input: ({ papers }, role) => ({
      ...byId(papers.of(role).valid),
      body: { decision: 'verify' as const, version: 1 },
    }),
  },
  'papers.needs': { touches: 'rows', input: (side, role) => byId(holderOf(side, role)) },
  'papers.licences': { touches: 'everyone', input: ({ orgs }) => byId(orgs.coop.id) },
  'papers.sellerRegister': { touches: 'everyone', input: () => ({ params: { format: 'csv' as const } }) },
  'lotPapers.list': { touches: 'rows', input: ({ lots }) => byId(lots.received.id) },
  'lotPapers.write': {
    touches: 'rows',
    input: ({ papers: { lot } }) => ({ ...byId(lot.id), body: lot.body }),
  },
  'lotPapers.void': {
    touches: 'rows',
    input: ({ papers: { lot } }) => ({ ...byId(lot.toVoid), body: { reason: '编号录错' } }),
  },
} satisfies Partial<Examples>
