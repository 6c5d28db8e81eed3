import { newId } from '@huming/shared/ids'
import type { Examples } from './example.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const always = { validFrom: '2026-11-01', validTo: '2027-10-31' }
const dispatcherOnly = ['driver'] as const

export const planningExamples = {
  'routes.propose': {
    touches: 'rows',
    free: { 'params.id': 'an id of one’s own making' },
    input: ({ roads }) => ({ ...byId(newId()), body: { waveId: roads.toMove.wave.id, seconds: 1 } }),
  },
  'routes.listProposals': {
    touches: 'rows',
    blind: dispatcherOnly,
    input: ({ roads }) => ({ params: { waveId: roads.proposals.waveId } }),
  },
  'routes.readProposal': {
    touches: 'rows',
    blind: dispatcherOnly,
    input: ({ roads }) => byId(roads.proposals.toRead),
  },
  'routes.cancelProposal': { touches: 'rows', input: ({ roads }) => byId(roads.proposals.toCancel) },
  'routes.readRules': {
    touches: 'rows',
    blind: dispatcherOnly,
    input: ({ hub }) => ({ params: { hubId: hub.id } }),
  },
  'routes.listSiteRules': {
    touches: 'rows',
    blind: dispatcherOnly,
    input: ({ hub }) => ({ params: { hubId: hub.id }, query: { search: '示例' } }),
  },
  'routes.writeVehicleFacts': {
    touches: 'rows',
    input: ({ spareVehicle }) => ({
      ...byId(spareVehicle.id),
      body: {
        layouts: [[{ zones: ['frozen'], grams: 1000, millilitres: 1000 }]],
        lengthCm: 599,
        heightCm: 250,
        grossKg: 4495,
        skills: ['city_pass'],
        shiftFrom: 0,
        shiftTo: 720,
        restAfterMinutes: 240,
        restMinutes: 20,
        trips: 1,
        reloadMinutes: 40,
        fixedFen: 20_000,
      },
    }),
  },
  'routes.writeSiteRules': {
    touches: 'rows',
    input: ({ site }) => ({
      ...byId(site.id),
      body: {
        windows: [{ from: 240, to: 480 }],
        largestLengthCm: 700,
        largestHeightCm: 280,
        largestGrossKg: 4500,
        needs: ['tail_lift'],
        planPriority: 1,
      },
    }),
  },
  'routes.writeBan': {
    touches: 'everyone',
    input: () => ({
      ...byId(newId()),
      body: {
        name: '示例限行',
        districtCode: '310101',
        lngE6: null,
        latE6: null,
        radiusMetres: null,
        fromMinute: 420,
        toMinute: 1200,
        weekdays: [1, 2, 3],
        minGrossKg: 4500,
        unlessSkill: 'city_pass',
        ...always,
        source: '示例',
      },
    }),
  },
  'routes.writeWeights': {
    touches: 'rows',
    free: { 'params.id': 'an id of one’s own making' },
    input: ({ hub }) => ({
      ...byId(newId()),
      body: {
        hubId: hub.id,
        fenPerKm: 180,
        fenPerHour: 4500,
        lateFenPerMinute: 300,
        overtimeFenPerHour: 3000,
        movedFen: 1500,
        unservedFen: 2_000_000,
        ...always,
      },
    }),
  },
  'routes.writePair': {
    touches: 'rows',
    free: { 'params.id': 'an id of one’s own making' },
    input: ({ hub, site, roads }) => ({
      ...byId(newId()),
      body: {
        hubId: hub.id,
        kind: 'apart',
        siteId: site.id,
        otherSiteId: roads.toMove.orders[0]?.siteId as string,
        reason: '示例',
        ...always,
      },
    }),
  },
  'routes.loadingList': { touches: 'rows', input: ({ roads }) => byId(roads.road) },
  'routes.adoptProposal': { touches: 'rows', input: ({ roads }) => byId(roads.proposals.toAdopt) },
} satisfies Partial<Examples>
