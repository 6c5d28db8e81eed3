import type { Role } from '@huming/shared/permissions'
import type { Examples } from './example.fixture.ts'
import { inDays, today } from './goods.fixture.ts'
import { password, png } from './parties.fixture.ts'
import { fileOf, type Side } from './world.fixture.ts'

/** The organisation whose rows a role writes: its own; operations write the buyer's. */
const homeOf = (side: Side, role: Role) => {
  const org = side.orgOf(role)
  return org.kind === 'operations' ? side.orgs.buyer : org
}
/** The reference of a supplier's rows: brokers and operations work on the co-op's. */
const coopId = (side: Side): string => side.orgs.coop.id
const byId = (id: string) => ({ params: { id } })

export const accountExamples = {
  'accounts.signIn': {
    touches: 'everyone',
    input: (side) => ({ body: { phone: side.visitor.phone, password } }),
  },
  'accounts.me': { touches: 'own', input: () => ({}) },
  'accounts.signOut': { touches: 'own', endsSession: true, input: () => ({}) },
  'accounts.signOutEverywhere': { touches: 'own', endsSession: true, input: () => ({}) },
  'accounts.switchOrg': {
    touches: 'rows',
    openedBy: 'nothing',
    endsSession: true,
    input: (side, role) => ({ body: { orgId: side.orgOf(role).id } }),
  },
  'accounts.samples': { touches: 'everyone', input: () => ({}) },
  'accounts.listOrganisations': { touches: 'everyone', input: () => ({ query: {} }) },
  'accounts.readOrganisation': { touches: 'rows', input: (side, role) => byId(homeOf(side, role).id) },
  'accounts.writeOrganisation': {
    touches: 'rows',
    input: ({ orgs: { buyer } }) => ({
      ...byId(buyer.id),
      body: {
        kind: 'buyer',
        name: buyer.name,
        shortName: buyer.shortName,
        buyerClass: 'snack_shop',
        divisionCode: '310114',
        creditLimitFen: 100_000_000,
        approvalAboveFen: 1_000_000,
      },
    }),
  },
  'accounts.writeSite': {
    touches: 'rows',
    free: { 'body.hubId': 'any hub may serve a site' },
    input: ({ annex, hub, orgs }) => ({
      ...byId(annex.id),
      body: {
        orgId: orgs.buyer.id,
        hubId: hub.id,
        name: '示例分店',
        districtCode: '310109',
        address: '示例街3号',
        lngE6: 121_500_000,
        latE6: 31_266_000,
        contactName: '示例',
        contactPhone: '19900000001',
        deliveryWeekdays: [1, 3, 5],
        windowFrom: 60,
        windowTo: 390,
      },
    }),
  },
  'accounts.writePerson': {
    touches: 'rows',
    input: ({ colleague, orgs }) => ({
      ...byId(colleague.id),
      body: {
        orgId: orgs.buyer.id,
        phone: colleague.phone,
        name: '示例',
        password: 'long-enough',
        roles: ['purchaser'],
      },
    }),
  },
  'accounts.listPrincipals': { touches: 'own', input: () => ({}) },
  'accounts.listNotices': { touches: 'own', input: () => ({ query: {} }) },
  'accounts.readNotices': {
    touches: 'rows',
    openedBy: 'nothing',
    quiet: true,
    input: (side, role) => ({ body: { ids: [side.noticeOf[side.orgOf(role).id] as string] } }),
  },
  'system.health': { touches: 'everyone', input: () => ({}) },
  'system.live': { touches: 'everyone', input: () => ({}) },
  'system.clientError': { touches: 'everyone', input: () => ({ body: { message: '示例' } }) },
  'files.upload': {
    touches: 'rows',
    openedBy: 'nothing',
    input: (side, role) => byId(fileOf(side, role)),
    raw: { payload: png, headers: { 'content-type': 'image/png' } },
  },
  'files.read': {
    touches: 'rows',
    openedBy: 'org.read',
    blind: ['government'],
    input: (side, role) => byId(fileOf(side, role)),
  },
} satisfies Partial<Examples>

export const goodsExamples = {
  'catalogue.browse': {
    touches: 'rows',
    openedBy: 'order.read',
    input: ({ site }) => ({ query: { siteId: site.id, day: inDays(2) } }),
  },
  'catalogue.readProduct': {
    touches: 'rows',
    openedBy: 'order.read',
    free: { 'params.id': 'what is for sale is for everyone to see' },
    input: ({ site, lots }) => ({ ...byId(lots.ambient.productId), query: { siteId: site.id } }),
  },
  'catalogue.listProducts': { touches: 'rows', input: (side) => ({ query: { orgId: coopId(side) } }) },
  'catalogue.readManagedProduct': { touches: 'rows', input: ({ lots }) => byId(lots.idle.productId) },
  'catalogue.writeProduct': {
    touches: 'rows',
    input: (side) => ({
      ...byId(side.lots.idle.productId),
      body: { orgId: coopId(side), name: '示例笋', category: 'A1', countyCode: '350426', version: 1 },
    }),
  },
  'catalogue.writeSku': {
    touches: 'rows',
    input: ({ lots: { idle } }) => ({
      ...byId(idle.id),
      body: {
        productId: idle.productId,
        code: idle.code,
        spec: '5 kg箱',
        baseUnit: 'g',
        orderUnit: 'carton',
        basePerOrderUnit: 5000,
        priceUnit: 'kg',
        basePerPriceUnit: 1000,
        zone: 'ambient',
        shelfLifeDays: 30,
        taxClass: 'agri',
        grossGramsPerUnit: 5500,
        millilitresPerUnit: 12_000,
        version: 1,
      },
    }),
  },
  'catalogue.writePrices': {
    touches: 'rows',
    free: { 'body.buyerOrgId': 'a supplier may agree a price with any buyer' },
    input: ({ lots, orgs }) => ({
      ...byId(lots.idle.id),
      body: { buyerOrgId: orgs.buyer.id, validFrom: today, tiers: [{ fromUnits: 1, centifen: 480_000 }] },
    }),
  },
  'stock.listLots': {
    touches: 'rows',
    input: (side) => ({
      query: { orgId: coopId(side), hubId: side.hub.id, skuId: side.lots.ambient.id },
    }),
  },
  'stock.readLot': { touches: 'rows', input: ({ lots }) => byId(lots.stock[0]?.id as string) },
  'stock.declareLot': {
    touches: 'rows',
    input: ({ lots: { declared } }) => ({ ...byId(declared.id), body: declared.body }),
  },
  'stock.makeLot': {
    touches: 'rows',
    input: ({ lots }) => ({
      ...byId(lots.planned.id),
      body: { quantity: 400_000, madeOn: today, useByDay: inDays(20), certificate: 'SL-0002' },
    }),
  },
  'stock.withdrawLot': {
    touches: 'rows',
    input: ({ lots }) => ({ ...byId(lots.made.id), body: { reason: '示例' } }),
  },
  'stock.holdLot': {
    touches: 'rows',
    input: ({ lots }) => ({ ...byId(lots.received.id), body: { reason: '示例' } }),
  },
  'stock.releaseLot': {
    touches: 'rows',
    input: ({ lots }) => ({ ...byId(lots.held.id), body: { reason: '示例' } }),
  },
} satisfies Partial<Examples>
