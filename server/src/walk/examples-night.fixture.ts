import type { Examples } from './example.fixture.ts'
import { inDays } from './goods.fixture.ts'
import { trip } from './trucks.fixture.ts'

const byId = (id: string) => ({ params: { id } })
const anySupplier = 'a buyer may order of any supplier'

export const orderExamples = {
  'orders.deliveryDays': { touches: 'rows', input: ({ site }) => ({ params: { siteId: site.id } }) },
  'orders.guide': { touches: 'rows', input: ({ site }) => ({ params: { siteId: site.id } }) },
  'orders.pinGuideItem': {
    touches: 'rows',
    free: { 'params.skuId': anySupplier },
    input: ({ site, lots }) => ({
      params: { siteId: site.id, skuId: lots.ambient.id },
      body: { pinned: true, parUnits: 2 },
    }),
  },
  'orders.quote': {
    touches: 'rows',
    free: { 'body.lines.0.skuId': anySupplier },
    input: ({ orders: { open } }) => ({
      body: { siteId: open.change.siteId, day: open.change.day, orderId: open.id, lines: open.change.lines },
    }),
  },
  'orders.place': {
    touches: 'rows',
    input: ({ orders: { open } }) => ({ ...byId(open.id), body: { ...open.change, version: 1 } }),
  },
  'orders.cancel': { touches: 'rows', input: ({ orders }) => ({ ...byId(orders.toCancel), body: {} }) },
  'orders.approve': {
    touches: 'rows',
    input: ({ orders }) => ({ ...byId(orders.awaiting), body: { version: 1 } }),
  },
  'orders.list': { touches: 'rows', input: ({ site }) => ({ query: { siteId: site.id } }) },
  'orders.read': { touches: 'rows', input: ({ orders }) => byId(orders.open.id) },
  'orders.accept': { touches: 'rows', input: ({ roads }) => ({ ...byId(roads.delivered), body: {} }) },
  'orders.answerWeight': {
    touches: 'rows',
    free: { 'params.lineId': 'a line of the order' },
    input: ({ roads, contracts }) => ({
      params: { id: roads.delivered, lineId: contracts.heavyLine },
      body: { agree: true },
    }),
  },
  'orders.credit': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.buyer.id } }) },
  'orders.listCutOffs': {
    touches: 'rows',
    input: ({ hub }) => ({ params: { hubId: hub.id }, query: { from: inDays(1) } }),
  },
  'orders.closeCutOff': {
    touches: 'rows',
    input: ({ hub }) => ({ params: { hubId: hub.id }, body: { day: inDays(20) } }),
  },
  'orders.writeClosedDay': {
    touches: 'rows',
    input: ({ hub }) => ({
      params: { hubId: hub.id, day: inDays(21) },
      body: { closed: true, reason: '示例' },
    }),
  },
  'orders.hubs': { touches: 'everyone', input: () => ({}) },
} satisfies Partial<Examples>

export const supplyExamples = {
  'supply.listCallOffs': { touches: 'rows', input: ({ orgs }) => ({ query: { orgId: orgs.coop.id } }) },
  'supply.answerCallOff': {
    touches: 'rows',
    input: ({ orders: { callOff } }) => ({
      ...byId(callOff.id),
      body: { confirmedQuantity: callOff.quantity },
    }),
  },
  'supply.listConsignments': {
    touches: 'rows',
    input: ({ orgs, hub }) => ({ query: { orgId: orgs.coop.id, hubId: hub.id } }),
  },
  'supply.readConsignment': {
    touches: 'rows',
    input: ({ consignments }) => byId(consignments.atTheDock.id),
  },
  'supply.writeConsignment': {
    touches: 'rows',
    input: ({ consignments: { toWrite } }) => ({
      ...byId(toWrite.id),
      body: { ...toWrite.body, plate: '闽G00002', version: 1 },
    }),
  },
  'supply.shipConsignment': {
    touches: 'rows',
    input: ({ consignments }) => ({ ...byId(consignments.toShip.id), body: { ...trip(), version: 1 } }),
  },
  'supply.cancelConsignment': {
    touches: 'rows',
    input: ({ consignments }) => ({ ...byId(consignments.toCancel.id), body: {} }),
  },
  'receiving.arrive': {
    touches: 'rows',
    input: ({ consignments }) => ({ ...byId(consignments.onTheWay.id), body: { sealOk: 'ok' } }),
  },
  'receiving.receiveLine': {
    touches: 'rows',
    input: ({ consignments: { atTheDock }, files }) => ({
      params: { id: atTheDock.id, lineId: atTheDock.lineId },
      body: { accepted: 200_000, photoFileIds: [files.warehouse] },
    }),
  },
  'receiving.finish': {
    touches: 'rows',
    input: ({ consignments }) => ({ ...byId(consignments.counted.id), body: {} }),
  },
} satisfies Partial<Examples>

export const warehouseExamples = {
  'picking.board': { touches: 'rows', input: ({ hub }) => ({ params: { hubId: hub.id } }) },
  'picking.planWave': {
    touches: 'rows',
    input: ({ hub }) => ({ params: { hubId: hub.id }, body: { day: inDays(3) } }),
  },
  'picking.readWave': { touches: 'rows', input: ({ orders }) => byId(orders.waves.picking) },
  'picking.releaseWave': { touches: 'rows', input: ({ orders }) => byId(orders.waves.planned) },
  'picking.listTasks': { touches: 'rows', input: ({ orders }) => byId(orders.waves.picking) },
  'picking.nextTask': { touches: 'rows', input: ({ orders }) => byId(orders.waves.picking) },
  'picking.pick': {
    touches: 'rows',
    input: ({ orders: { tasks } }) => ({
      ...byId(tasks.toPick.id),
      body: { lot: tasks.toPick.lotCode, quantity: tasks.toPick.quantity, tote: tasks.toPick.toteCode },
    }),
  },
  'picking.short': {
    touches: 'rows',
    input: ({ orders }) => ({ ...byId(orders.tasks.toShort.id), body: { reason: 'missing' } }),
  },
  'picking.listTotes': { touches: 'rows', input: ({ orders }) => byId(orders.waves.picking) },
  'picking.sealTote': {
    touches: 'rows',
    input: ({ orders }) => ({ params: { code: orders.tasks.done.toteCode }, body: {} }),
  },
  'picking.pickList': { touches: 'rows', input: ({ orders }) => byId(orders.waves.picking) },
} satisfies Partial<Examples>

const dispatcherOnly = ['driver'] as const

export const roadExamples = {
  'routes.listVehicles': {
    touches: 'rows',
    blind: dispatcherOnly,
    input: ({ hub }) => ({ params: { hubId: hub.id } }),
  },
  'routes.setVehicleService': {
    touches: 'rows',
    input: ({ spareVehicle }) => ({ ...byId(spareVehicle.id), body: { outOfService: '示例保养' } }),
  },
  'routes.listPlans': {
    touches: 'rows',
    blind: dispatcherOnly,
    input: ({ hub }) => ({ query: { hubId: hub.id, day: inDays(7) } }),
  },
  'routes.readPlan': {
    touches: 'rows',
    blind: dispatcherOnly,
    input: ({ roads }) => byId(roads.toMove.plan.id),
  },
  'routes.plan': { touches: 'rows', input: ({ roads }) => ({ params: { waveId: roads.toPlan } }) },
  'routes.moveStop': {
    touches: 'rows',
    input: ({ roads: { toMove } }) => ({
      ...byId(toMove.run.stops[0]?.id as string),
      body: { runId: toMove.run.id, seq: 1, version: 1 },
    }),
  },
  'routes.assignOrder': {
    touches: 'rows',
    input: ({ roads: { toAssign } }) => ({
      ...byId(toAssign.plan.id),
      body: { orderId: toAssign.order.id, runId: toAssign.run.id },
    }),
  },
  'routes.assignDriver': {
    touches: 'rows',
    input: ({ roads, secondDriver }) => ({
      ...byId(roads.toMan.run.id),
      body: { driverPersonId: secondDriver.id, version: 1 },
    }),
  },
  'routes.dispatch': {
    touches: 'rows',
    input: ({ roads }) => ({ ...byId(roads.toDispatch.plan.id), body: { runId: roads.toDispatch.run.id } }),
  },
  'routes.listRuns': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'delivery.myRuns': { touches: 'own', input: () => ({}) },
  'delivery.readRun': { touches: 'rows', input: ({ roads }) => byId(roads.road) },
  'delivery.loadTote': {
    touches: 'rows',
    input: ({ roads: { toLoad } }) => ({
      ...byId(toLoad.run.id),
      body: { code: toLoad.orders[0]?.toteCodes[0] as string },
    }),
  },
  'delivery.depart': { touches: 'rows', input: ({ roads }) => ({ ...byId(roads.toDepart), body: {} }) },
  'delivery.arrive': { touches: 'rows', input: ({ roads }) => ({ ...byId(roads.stops.toArrive), body: {} }) },
  'delivery.deliver': {
    touches: 'rows',
    input: ({ roads: { toDeliver }, files }) => ({
      ...byId(toDeliver.id),
      body: { ...toDeliver.body, photoFileIds: [files.carrier] },
    }),
  },
  'delivery.fail': {
    touches: 'rows',
    input: ({ roads, files }) => ({
      ...byId(roads.stops.toFail),
      body: { reason: 'nobody', photoFileIds: [files.carrier] },
    }),
  },
  'delivery.askContact': { touches: 'rows', input: ({ roads }) => byId(roads.stops.toCall) },
  'delivery.finishRun': { touches: 'rows', input: ({ roads }) => ({ ...byId(roads.toFinish), body: {} }) },
  'delivery.lateStops': { touches: 'rows', input: ({ hub }) => ({ query: { hubId: hub.id } }) },
  'reports.board': {
    touches: 'rows',
    input: ({ hub }) => ({ params: { hubId: hub.id }, query: { day: inDays(13) } }),
  },
  'reports.listAudits': { touches: 'everyone', input: () => ({}) },
  'reports.runAudit': { touches: 'everyone', input: () => ({}) },
  'reports.queues': { touches: 'everyone', input: () => ({}) },
  'reports.retryJobs': {
    touches: 'everyone',
    input: () => ({ params: { queue: 'events' }, body: { jobIds: ['示例'] } }),
  },
  'reports.cooperation': {
    touches: 'everyone',
    input: () => ({ query: { from: inDays(-30), to: inDays(30) } }),
  },
} satisfies Partial<Examples>
