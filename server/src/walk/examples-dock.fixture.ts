import { rolesOfKind } from '@huming/shared/permissions'
import type { Examples } from './example.fixture.ts'

const ofBuyer: readonly string[] = rolesOfKind.buyer
/** People of the centre have no crates of their own. */
const centre = ['admin', 'food_safety', 'ops_finance'] as const

export const crateExamples = {
  'crates.types': { touches: 'everyone', input: () => ({}) },
  'crates.writeType': {
    touches: 'everyone',
    input: ({ dock: { crates } }) => {
      const { id, code, name, tareGrams, depositFen } = crates.type
      return { params: { id }, body: { code, name, tareGrams, depositFen } }
    },
  },
  'crates.balances': {
    touches: 'rows',
    // A buyer, a supplier and a driver see their own balance by another door.
    blind: ['purchaser', 'approver', 'acceptor', 'buyer_finance', 'lister', 'quality', 'driver'],
    input: ({ hub }) => ({ params: { hubId: hub.id } }),
  },
  'crates.mine': { touches: 'own', blind: centre, input: () => ({}) },
  'crates.statement': {
    touches: 'rows',
    input: ({ hub, orgs, guests }, role) => ({
      params: { hubId: hub.id },
      query: {
        partyId:
          role === 'driver' ? guests.driver.personId : ofBuyer.includes(role) ? orgs.buyer.id : orgs.coop.id,
      },
    }),
  },
  'crates.handOver': {
    touches: 'rows',
    input: ({ dock }) => dock.crates.handOver,
  },
  'crates.correct': {
    touches: 'rows',
    input: ({ dock }) => dock.crates.correction,
  },
} satisfies Partial<Examples>

/** Days long past: what is written for them changes nothing. */
const over = { validFrom: '2024-01-01', validTo: '2024-01-02' }

export const dockExamples = {
  'dockRules.read': { touches: 'rows', input: ({ hub }) => ({ params: { hubId: hub.id } }) },
  'dockRules.writeSlot': {
    touches: 'rows',
    free: { 'params.id': 'whoever acts makes the id' },
    input: ({ hub, inbound }) => ({
      params: { id: inbound.sku.id },
      body: { hubId: hub.id, fromMinute: 1200, toMinute: 1260, capacity: 2, ...over },
    }),
  },
  'dockRules.writeSecondPerson': {
    touches: 'everyone',
    input: ({ inbound }) => ({
      params: { id: inbound.sku.id },
      body: { kind: 'value_above', aboveFen: 5_000_000, source: '示例', ...over },
    }),
  },
  'receiving.dockBoard': {
    touches: 'rows',
    input: ({ hub, dock }) => ({ params: { hubId: hub.id }, query: { day: dock.appointment.body.day } }),
  },
  'receiving.decideAppointment': { touches: 'rows', input: ({ dock }) => dock.appointment },
  'receiving.readReceipt': {
    touches: 'rows',
    input: ({ consignments }) => ({ params: { id: consignments.atTheDock.id } }),
  },
  'receiving.addTripLog': { touches: 'rows', input: ({ dock }) => dock.tripLog },
  'receiving.weigh': { touches: 'rows', input: ({ dock }) => dock.weighing },
  'receiving.strikeWeighing': {
    touches: 'rows',
    input: ({ dock }) => ({ params: dock.wrong.params }),
  },
  'receiving.grantException': {
    touches: 'rows',
    free: { 'params.exceptionId': 'the exception granted first stands, whatever id the next one has' },
    input: ({ dock }) => dock.exception,
  },
  'receiving.confirmLine': {
    touches: 'rows',
    input: ({ dock: { toConfirm } }) => ({
      params: toConfirm.params,
      body: { accepted: toConfirm.quantity },
    }),
  },
  'receiving.recountLine': {
    touches: 'rows',
    input: ({ dock }) => ({ params: dock.toRecount.params, body: { reason: '示例复点' } }),
  },
  'receiving.listPutAway': { touches: 'rows', input: ({ hub }) => ({ params: { hubId: hub.id } }) },
  'receiving.putAway': { touches: 'rows', input: ({ dock }) => dock.putAway },
} satisfies Partial<Examples>
