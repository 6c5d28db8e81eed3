import { done, type On } from '../kernel/routes.ts'
import { acceptOrder } from './accept-order.ts'
import { answerWeight } from './answer-weight.ts'
import { approveOrder } from './approve-order.ts'
import { cancelOrder } from './cancel-order.ts'
import { closeCutOff } from './close-cut-off.ts'
import { listCutOffs } from './list-cut-offs.ts'
import { listHubs } from './list-hubs.ts'
import { listOrders } from './list-orders.ts'
import { pinGuideItem } from './pin-guide-item.ts'
import { placeOrder } from './place-order.ts'
import { quoteOrder } from './quote-order.ts'
import { readCredit } from './read-credit.ts'
import { readDeliveryDays } from './read-delivery-days.ts'
import { readGuide } from './read-guide.ts'
import { readOrder } from './read-order.ts'
import { writeClosedDay } from './write-closed-day.ts'

export function orderRoutes(on: On): void {
  on('orders.deliveryDays', (ctx, { params }) => readDeliveryDays(ctx, params.siteId))
  on('orders.guide', (ctx, { params, query }) => readGuide(ctx, params.siteId, query.day))
  on('orders.pinGuideItem', async (ctx, { params, body }) => {
    await pinGuideItem(ctx, params.siteId, params.skuId, body)
    return done
  })
  on('orders.quote', (ctx, { body }) => quoteOrder(ctx, body))
  on('orders.place', (ctx, { params, body }) => placeOrder(ctx, params.id, body))
  on('orders.cancel', (ctx, { params, body }) => cancelOrder(ctx, params.id, body.reason))
  on('orders.approve', (ctx, { params, body }) => approveOrder(ctx, params.id, body.version))
  on('orders.list', (ctx, { query }) => listOrders(ctx, query))
  on('orders.read', (ctx, { params }) => readOrder(ctx, params.id))
  on('orders.accept', (ctx, { params, body }) => acceptOrder(ctx, params.id, body.note))
  on('orders.answerWeight', async (ctx, { params, body }) => {
    await answerWeight(ctx, params.id, params.lineId, body.agree)
    return done
  })
  on('orders.credit', (ctx, { query }) => readCredit(ctx, query.orgId))
  on('orders.listCutOffs', (ctx, { params, query }) => listCutOffs(ctx, params.hubId, query))
  on('orders.closeCutOff', (ctx, { params, body }) => closeCutOff(ctx, params.hubId, body))
  on('orders.writeClosedDay', async (ctx, { params, body }) => {
    await writeClosedDay(ctx, params.hubId, params.day, body)
    return done
  })
  on('orders.hubs', (ctx) => listHubs(ctx))
}
