import { newId } from '@huming/shared/ids'
import type { Examples } from './example.fixture.ts'
import { inDays, today } from './goods.fixture.ts'

export const pricingExamples = {
  'pricing.explain': {
    touches: 'rows',
    free: {
      'params.id': 'a buyer may ask for its price of any pack',
      'query.buyerOrgId': 'a supplier may agree a price of its packs with any buyer',
    },
    input: ({ lots, orgs }) => ({ params: { id: lots.idle.id }, query: { buyerOrgId: orgs.buyer.id } }),
  },
  'pricing.listContracts': { touches: 'own', input: () => ({}) },
  'pricing.findBuyers': {
    touches: 'everyone',
    // A supplier may agree a price with any buyer.
    tells: ({ orgs }) => [orgs.buyer.id],
    input: () => ({ query: { search: '示例' } }),
  },
  'pricing.readContract': { touches: 'rows', input: ({ contracts }) => ({ params: { id: contracts.read } }) },
  'pricing.writeContract': {
    touches: 'rows',
    free: {
      'params.id': 'a new thing, whatever its id',
      'body.number': 'a new number',
      'body.buyerOrgId': 'a supplier may agree a price with any buyer',
    },
    input: ({ orgs, lots }) => ({
      params: { id: newId() },
      body: {
        number: newId(),
        supplierOrgId: orgs.coop.id,
        buyerOrgId: orgs.buyer.id,
        validFrom: inDays(400),
        validTo: inDays(430),
        lines: [{ skuId: lots.idle.id, centifen: 470_000 }],
      },
    }),
  },
  'pricing.endContract': {
    touches: 'rows',
    input: ({ contracts }) => ({ params: { id: contracts.end }, body: { lastDay: today } }),
  },
  'pricing.listReferences': { touches: 'everyone', input: () => ({ query: { search: '示例' } }) },
  'pricing.importReferences': {
    touches: 'everyone',
    input: () => ({
      params: { id: newId() },
      body: {
        source: '示例行情',
        rows: [{ market: '示例市场', product: '芥菜', day: today, averageCentifen: 20_000, per: 1000 }],
      },
    }),
  },
  'pricing.taxRules': { touches: 'everyone', input: () => ({}) },
  'pricing.writeTaxRule': {
    touches: 'everyone',
    input: () => ({
      params: { id: newId() },
      body: {
        taxClass: 'service',
        sellerType: 'small',
        validFrom: inDays(1 + Math.trunc(Math.random() * 5000)),
        validTo: '2099-12-31',
        rateBp: 100,
        exempt: false,
        basis: '示例依据',
      },
    }),
  },
} satisfies Partial<Examples>
